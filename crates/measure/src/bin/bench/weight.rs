//! The sizes of the login page, of a public page and of a form of the studio.

use std::io::Write as _;

use anyhow::{Context as _, Result};
use measure::{
    claim_result::{Aim, ClaimResult},
    client::Client,
    people,
    sample_pages::SamplePages,
    server::ServerLaunch,
};

use crate::{Bench, runtime, weighed_page::WeighedPage};

pub(crate) fn measure(bench: &Bench) -> Result<Vec<ClaimResult>> {
    let server = ServerLaunch::new(&bench.program, &bench.data("weight")).start()?;
    let address = server.address;
    let rows = runtime()?.block_on(async {
        let people = people::sign_up(address, "weight", 1).await?;
        let sessions = people::log_in(address, &people, 1).await?;
        let cookie = sessions.first().context("no session")?;
        let mut client = Client::open(address).await?;
        let pages = SamplePages::create(&mut client, cookie, "weight").await?;
        let login = WeighedPage::fetch(&mut client, "/login", None).await?;
        let video = WeighedPage::fetch(&mut client, &pages.video, None).await?;
        let form = WeighedPage::fetch(&mut client, &pages.product_form, Some(cookie)).await?;
        let mut rows = of_login(&login)?.to_vec();
        rows.push(of_video(&video, &login)?);
        rows.push(of_form(&form, &login)?);
        anyhow::Ok(rows)
    })?;
    server.stop()?;
    Ok(rows)
}

fn of_login(page: &WeighedPage) -> Result<[ClaimResult; 3]> {
    let weight = page.weight()?;
    let compressed = brotli(page.html.as_bytes(), 11)?;
    let styles = weight.styles;
    let usable = (compressed + styles) as f64 / 1_000.0;
    Ok([
        ClaimResult::exact(
            "login page, HTML and CSS, brotli",
            Aim::AtMost(12.0),
            " kB",
            usable,
        )
        .note(format!(
            "HTML {compressed} B as brotli 11, {} B as brotli 5; on the wire {} B ({}); CSS {styles} B \
             on the wire; together on the wire {} B",
            brotli(page.html.as_bytes(), 5)?,
            page.html_bytes,
            page.encoding,
            page.html_bytes + styles
        )),
        ClaimResult::exact(
            "login page, all that makes it alive",
            Aim::AtMost(215.0),
            " kB",
            weight.alive(),
        )
        .note(format!(
            "JavaScript {} B, WebAssembly {} B, on the wire",
            weight.scripts, weight.wasm
        )),
        ClaimResult::never("login page, scripts that block", page.blocking),
    ])
}

fn of_video(page: &WeighedPage, login: &WeighedPage) -> Result<ClaimResult> {
    let added = page.weight_beside(login)?.alive();
    let claim = "public page, what it adds to the login page to be alive";
    let row = ClaimResult::exact(claim, Aim::AtMost(70.0), " kB", added);
    with_whole(row, page)
}

fn of_form(page: &WeighedPage, login: &WeighedPage) -> Result<ClaimResult> {
    let claim = "studio form, all that makes it alive";
    let alive = page.weight()?.alive();
    let row = ClaimResult::exact(claim, Aim::AtMost(310.0), " kB", alive);
    let added = page.weight_beside(login)?.alive();
    with_whole(row.note(format!("{added} kB beside the login page")), page)
}

/// Adds the total size of the page as a note.
fn with_whole(row: ClaimResult, page: &WeighedPage) -> Result<ClaimResult> {
    let weight = page.weight()?;
    Ok(row.note(format!(
        "in all JavaScript {} B, WebAssembly {} B, CSS {} B, on the wire; HTML {} B as brotli 11",
        weight.scripts,
        weight.wasm,
        weight.styles,
        brotli(page.html.as_bytes(), 11)?
    )))
}

fn brotli(bytes: &[u8], quality: u32) -> Result<usize> {
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 64 * 1024, quality, 22);
    writer.write_all(bytes)?;
    writer.flush()?;
    drop(writer);
    Ok(compressed.len())
}
