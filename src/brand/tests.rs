//! What a brand file becomes, and what it is refused for.
