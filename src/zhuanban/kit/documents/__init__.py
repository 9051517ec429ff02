"""Documents: a pure description of an official document, and its layout in Word after GB/T 9704-2012."""
