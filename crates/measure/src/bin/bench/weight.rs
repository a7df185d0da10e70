//! The bytes of the login page, and of what pages with a part of the program load besides.

use std::{collections::BTreeMap, fs, io::Write as _, path::Path};

use anyhow::{Context as _, Result, bail};
use http::{HeaderValue, header};
use measure::{
    calls,
    client::{Answer, Client},
    row::{Row, Target},
    server::Launch,
};

use serde_json::Value;

use crate::{
    Bench,
    page_files::{self, PageFile},
    runtime,
};

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Row>> {
    let parts = bench.site.as_deref().map(parts_of).transpose()?;
    let parts = parts.unwrap_or_default();
    let server = Launch::new(&bench.program, &bench.data("weight")).start()?;
    let rows = runtime()?.block_on(async {
        let mut client = Client::open(server.address).await?;
        let page = fetch(&mut client, "/login").await?;
        let plain = client.expect_success(calls::get("/login", None)).await?;
        let html = String::from_utf8_lossy(&plain.body).into_owned();
        weigh(&mut client, &page, &html, &parts).await
    })?;
    server.stop()?;
    Ok(rows)
}

/// The addresses of the files that each part needs, by the name of the part.
type Parts = BTreeMap<String, Vec<String>>;

/// The parts of the program in a site folder.
fn parts_of(site: &Path) -> Result<Parts> {
    let path = site.join("manifest.json");
    let manifest = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut manifest: Value = serde_json::from_slice(&manifest)?;
    let parts = serde_json::from_value(manifest["frontend"]["parts"].take());
    parts.with_context(|| format!("{} does not name the parts", path.display()))
}

async fn weigh(client: &mut Client, page: &Answer, html: &str, parts: &Parts) -> Result<Vec<Row>> {
    let files = page_files::of(html);
    let is_blocking = |file: &&PageFile| matches!(file, PageFile::Script { blocks: true, .. });
    let blocking = files.iter().filter(is_blocking).count();
    let mut addresses: Vec<String> = files.iter().filter_map(PageFile::address).collect();
    addresses.extend(find_wasm(client, html, &addresses).await?);
    addresses.sort();
    addresses.dedup();
    let mut weight = Weight::default();
    for address in &addresses {
        weight.add(address, fetch(client, address).await?.body.len())?;
    }
    let mut rows = rows(page, html, &weight, blocking)?.to_vec();
    for (name, files) in parts {
        rows.push(weigh_part(client, &weight, name, files).await?);
    }
    Ok(rows)
}

/// What a page needs that the login page does not, which needs no part.
async fn weigh_part(
    client: &mut Client,
    login: &Weight,
    name: &str,
    files: &[String],
) -> Result<Row> {
    let mut weight = *login;
    for address in files {
        weight.add(address, fetch(client, address).await?.body.len())?;
    }
    let claim = format!("alive, with part {name}");
    let note = format!(
        "the part {} B in {} files, on the wire",
        weight.wasm - login.wasm,
        files.len()
    );
    Ok(Row::figure(&claim, " kB", weight.alive()).note(note))
}

/// The WebAssembly, which the page or one of its scripts names.
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

/// Bytes on the wire.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    styles: usize,
    scripts: usize,
    wasm: usize,
}

impl Weight {
    /// All that makes the page alive, in kilobytes.
    fn alive(&self) -> f64 {
        kilo(self.scripts + self.wasm)
    }

    fn add(&mut self, address: &str, bytes: usize) -> Result<()> {
        match address.rsplit('.').next() {
            Some("css") => self.styles += bytes,
            Some("js") => self.scripts += bytes,
            Some("wasm") => self.wasm += bytes,
            _ => bail!("the page asks for {address}, which is neither script nor style"),
        }
        Ok(())
    }
}

fn rows(page: &Answer, html: &str, weight: &Weight, blocking: usize) -> Result<[Row; 3]> {
    let on_the_wire = page.body.len();
    let compressed = brotli(html.as_bytes(), 11)?;
    let encoding = page.headers.get(header::CONTENT_ENCODING);
    let encoding = encoding.map_or("plain", |encoding| encoding.to_str().unwrap_or("?"));
    let styles = weight.styles;
    let usable = kilo(compressed + styles);
    Ok([
        Row::exact(
            "login page, HTML and CSS, brotli",
            Target::AtMost(14.0),
            " kB",
            usable,
        )
        .note(format!(
            "HTML {compressed} B as brotli 11, {} B as brotli 5; on the wire {on_the_wire} B \
                 ({encoding}); CSS {styles} B on the wire; together on the wire {} B",
            brotli(html.as_bytes(), 5)?,
            on_the_wire + styles
        )),
        Row::exact(
            "login page, all that makes it alive",
            Target::AtMost(215.0),
            " kB",
            weight.alive(),
        )
        .note(format!(
            "JavaScript {} B, WebAssembly {} B, on the wire",
            weight.scripts, weight.wasm
        )),
        Row::never("login page, scripts that block", blocking),
    ])
}

fn kilo(bytes: usize) -> f64 {
    bytes as f64 / 1_000.0
}

/// As a browser asks for it.
async fn fetch(client: &mut Client, path: &str) -> Result<Answer> {
    let mut call = calls::get(path, None);
    let encodings = HeaderValue::from_static("gzip, deflate, br, zstd");
    call.headers_mut()
        .insert(header::ACCEPT_ENCODING, encodings);
    client.expect_success(call).await
}

fn brotli(bytes: &[u8], quality: u32) -> Result<usize> {
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 64 * 1024, quality, 22);
    writer.write_all(bytes)?;
    writer.flush()?;
    drop(writer);
    Ok(compressed.len())
}
