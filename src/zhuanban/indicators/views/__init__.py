"""The pages of the room: the board, one indicator, sheets on their way in."""
