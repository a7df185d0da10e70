//! Static parts of pages as HTML strings.

/// Concatenates static HTML, which the browser's parser reads through `inner_html`: as views, each
/// element would be compiled into the WebAssembly. Nothing is escaped, so a part must never hold
/// user input.
macro_rules! markup {
    ($($part:expr),+ $(,)?) => {{
        let parts: &[&str] = &[$($part),+];
        parts.concat()
    }};
}

pub(crate) use markup;
