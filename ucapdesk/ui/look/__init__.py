"""How everything looks: colours, sizes, fonts, the language of the widgets."""
