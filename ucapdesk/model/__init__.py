"""The data model: kinds, their fields, value types, code lists and the rules of the field. It knows no database.

No field has a limit of its own: ``longest`` gives it by the type, and every save holds to it. What only looks odd is
warned of (``doubt``), never refused. What a code is called is asked of ``codes``, from the lists in
``resources/reference`` or, for papers and layouts, from ``DECLARED``.
"""
