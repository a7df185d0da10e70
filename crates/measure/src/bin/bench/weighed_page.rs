//! A page and the size of all files that it refers to.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use http::{HeaderValue, header};
use measure::{
    calls,
    client::{Client, ClientResponse},
};

use crate::page_files::{self, PageFile};

/// A page as a browser gets it.
#[derive(Debug)]
pub(crate) struct WeighedPage {
    /// The HTML, uncompressed.
    pub(crate) html: String,
    /// Size of the HTML on the wire in bytes.
    pub(crate) html_bytes: usize,
    /// The content encoding of the HTML on the wire.
    pub(crate) encoding: String,
    /// Number of render-blocking scripts.
    pub(crate) blocking: usize,
    /// Size of each file on the wire in bytes, by its address.
    files: BTreeMap<String, usize>,
}

/// Sizes on the wire in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Weight {
    pub(crate) styles: usize,
    pub(crate) scripts: usize,
    pub(crate) wasm: usize,
}

impl WeighedPage {
    /// Fetches a page and the files that its HTML makes a browser fetch: styles, scripts, and the
    /// modules and parts of the program that it preloads.
    ///
    /// # Errors
    /// If the page or one of its files does not exist.
    pub(crate) async fn fetch(
        client: &mut Client,
        path: &str,
        cookie: Option<&str>,
    ) -> Result<Self> {
        let page = fetch(client, path, cookie).await?;
        let plain = client.expect_success(calls::get(path, cookie)).await?;
        let html = String::from_utf8_lossy(&plain.body).into_owned();
        let asked = page_files::of(&html);
        let is_blocking = |file: &&PageFile| matches!(file, PageFile::Script { blocks: true, .. });
        let mut addresses: Vec<String> = asked.iter().filter_map(PageFile::address).collect();
        addresses.extend(find_wasm(client, &html, &addresses).await?);
        let mut files = BTreeMap::new();
        for address in addresses {
            let bytes = fetch(client, &address, None).await?.body.len();
            files.insert(address, bytes);
        }
        let encoding = page.headers.get(header::CONTENT_ENCODING);
        let encoding = encoding.map_or("plain", |encoding| encoding.to_str().unwrap_or("?"));
        Ok(Self {
            html,
            html_bytes: page.body.len(),
            encoding: encoding.to_owned(),
            blocking: asked.iter().filter(is_blocking).count(),
            files,
        })
    }

    /// The size of all its files.
    ///
    /// # Errors
    /// If a file is neither a style, a script nor WebAssembly.
    pub(crate) fn weight(&self) -> Result<Weight> {
        Weight::of(self.files.iter())
    }

    /// The size of those of its files that another page does not have.
    ///
    /// # Errors
    /// If such a file is neither a style, a script nor WebAssembly.
    pub(crate) fn weight_beside(&self, other: &Self) -> Result<Weight> {
        let files = self.files.iter();
        Weight::of(files.filter(|(address, _)| !other.files.contains_key(*address)))
    }
}

impl Weight {
    fn of<'a>(files: impl Iterator<Item = (&'a String, &'a usize)>) -> Result<Self> {
        let mut weight = Self::default();
        for (address, bytes) in files {
            match address.rsplit('.').next() {
                Some("css") => weight.styles += bytes,
                Some("js") => weight.scripts += bytes,
                Some("wasm") => weight.wasm += bytes,
                _ => bail!("the page asks for {address}, which is neither script nor style"),
            }
        }
        Ok(weight)
    }

    /// The size of scripts and WebAssembly, in kilobytes.
    pub(crate) fn alive(&self) -> f64 {
        (self.scripts + self.wasm) as f64 / 1_000.0
    }
}

/// The address of the WebAssembly, which the page or one of its scripts contains.
async fn find_wasm(
    client: &mut Client,
    html: &str,
    addresses: &[String],
) -> Result<Option<String>> {
    if page_files::wasm_in(html).is_some() {
        return Ok(None);
    }
    for address in addresses.iter().filter(|address| address.ends_with(".js")) {
        let script = client.expect_success(calls::get(address, None)).await?;
        let script = String::from_utf8_lossy(&script.body);
        if let Some(wasm) = page_files::wasm_in(&script) {
            return Ok(Some(wasm));
        }
    }
    bail!("neither the page nor its scripts name the WebAssembly")
}

/// Fetches a file as a browser does.
async fn fetch(client: &mut Client, path: &str, cookie: Option<&str>) -> Result<ClientResponse> {
    let mut call = calls::get(path, cookie);
    let encodings = HeaderValue::from_static("gzip, deflate, br, zstd");
    call.headers_mut()
        .insert(header::ACCEPT_ENCODING, encodings);
    client.expect_success(call).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(files: &[(&str, usize)]) -> WeighedPage {
        let files = files.iter();
        WeighedPage {
            html: String::new(),
            html_bytes: 0,
            encoding: "plain".to_owned(),
            blocking: 0,
            files: files
                .map(|(address, bytes)| ((*address).to_owned(), *bytes))
                .collect(),
        }
    }

    #[test]
    fn a_page_adds_what_another_one_does_not_have() {
        let login = page(&[("/a.css", 1), ("/a.js", 20), ("/a.wasm", 300)]);
        let video = page(&[
            ("/a.css", 1),
            ("/a.js", 20),
            ("/a.wasm", 300),
            ("/p.wasm", 4_000),
        ]);
        let whole = Weight {
            styles: 1,
            scripts: 20,
            wasm: 4_300,
        };
        assert_eq!(video.weight().unwrap(), whole);
        let added = Weight {
            wasm: 4_000,
            ..Weight::default()
        };
        assert_eq!(video.weight_beside(&login).unwrap(), added);
        assert_eq!(video.weight().unwrap().alive(), 4.32);
    }

    #[test]
    fn a_file_of_another_kind_is_an_error() {
        assert!(page(&[("/a.woff2", 1)]).weight().is_err());
    }
}
