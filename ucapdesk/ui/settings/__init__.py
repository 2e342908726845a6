"""The settings of the user: ``settings_dialog``, and the choices of languages that other pages offer too."""
