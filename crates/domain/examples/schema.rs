//! Prints the schema of all stored documents, for `cargo xtask migration`.

use std::io::{self, Write};

fn main() -> io::Result<()> {
    writeln!(io::stdout(), "{:#}", domain::migrations::schema())
}
