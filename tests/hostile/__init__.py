"""Files that mean harm or have come to harm, made on the spot, and what must become of them."""
