//! One file of the site.

use anyhow::{Context as _, Result, bail};

use crate::digest::of_file;

/// One file of the site.
#[derive(Debug)]
pub(crate) struct File {
    /// The address, beginning with a slash.
    pub(crate) path: String,
    /// The value of `Content-Type`.
    pub(crate) content_type: &'static str,
    /// True if the address contains a hash of the content, so that it can be cached for ever.
    pub(crate) immutable: bool,
    /// The hash of the content.
    pub(crate) hash: String,
    /// The content.
    pub(crate) content: Vec<u8>,
}

impl File {
    /// A file with its hash in its name: `/assets/main.0123456789abcdef.css`.
    pub(super) fn hashed(name: &str, content: Vec<u8>) -> Result<Self> {
        let hash = of_file(&content);
        let (stem, extension) = name
            .rsplit_once('.')
            .with_context(|| format!("{name} has no extension"))?;
        let path = format!("/assets/{stem}.{hash}.{extension}");
        Ok(Self {
            immutable: true,
            ..Self::named(path, content)?
        })
    }

    /// A file in a folder that is named by a hash of all its files:
    /// `/assets/0123456789abcdef/a.js`.
    pub(super) fn in_hashed_folder(hash: &str, name: &str, content: Vec<u8>) -> Result<Self> {
        let path = format!("/assets/{hash}/{name}");
        Ok(Self {
            immutable: true,
            ..Self::named(path, content)?
        })
    }

    /// A file whose name stays when its content changes.
    pub(super) fn named(path: String, content: Vec<u8>) -> Result<Self> {
        Ok(Self {
            content_type: content_type(&path)?,
            immutable: false,
            hash: of_file(&content),
            path,
            content,
        })
    }
}

fn content_type(path: &str) -> Result<&'static str> {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    Ok(match extension {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "jpg" => "image/jpeg",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "xml" => "application/xml; charset=utf-8",
        _ => bail!("{path}: add the content type of this kind of file to xtask/src/assets/file.rs"),
    })
}
