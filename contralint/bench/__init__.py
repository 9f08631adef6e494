"""How well contralint does on labelled files of the user's own."""
