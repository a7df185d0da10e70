//! The parts of pages that never change.

/// Markup of parts that never change, as one string for the browser's own parser: as views, each
/// element would be compiled into the program. Only for our own texts; nothing is escaped here,
/// so nothing that a person typed may ever be a part.
macro_rules! markup {
    ($($part:expr),+ $(,)?) => {{
        let parts: &[&str] = &[$($part),+];
        parts.concat()
    }};
}

pub(crate) use markup;
