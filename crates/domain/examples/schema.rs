//! Prints the shape of what is kept, for `cargo xtask migration`.

use std::io::{self, Write};

fn main() -> io::Result<()> {
    writeln!(io::stdout(), "{:#}", domain::migrations::schema())
}
