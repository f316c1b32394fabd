//! The command line: see [`sitegen`].
fn main() {}
