//! Finds a Chromium for the tests in a browser.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::{debian, environment};

/// Names of the program. The headless shell comes first: it is the same browser, and creates a
/// context in half the time.
const NAMES: [&str; 5] = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// The name of Debian's package.
const PACKAGE: &str = "chromium-headless-shell";

/// The path of the browser in a folder of Playwright, by system.
const IN_PLAYWRIGHT: [&str; 4] = [
    "chrome-linux/chrome",
    "chrome-linux64/chrome",
    "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
    "chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
];

/// Finds a Chromium that starts: that of `CHROME`, of the system, of Playwright, or Debian's
/// package.
pub(crate) fn find() -> Result<PathBuf> {
    if let Some(chrome) = environment::chrome() {
        if starts(&chrome) {
            return Ok(chrome);
        }
        bail!("CHROME is {}, which does not start", chrome.display());
    }
    if let Some(found) = on_the_system().or_else(of_playwright) {
        return Ok(found);
    }
    if debian::can_install() {
        println!("there is no Chromium: running `apt-get install {PACKAGE}` (about 60 MB)");
        debian::install(PACKAGE)?;
        if let Some(found) = on_the_system() {
            return Ok(found);
        }
    }
    bail!(
        "there is no Chromium for the tests in a browser. Install one (`apt-get install chromium`, \
         `brew install chromium`, or `npx playwright install chromium`), or set CHROME to its path"
    );
}

fn on_the_system() -> Option<PathBuf> {
    let app = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    let mut candidates = NAMES
        .iter()
        .filter_map(|name| environment::program(name))
        .chain([app]);
    candidates.find(|candidate| starts(candidate))
}

fn of_playwright() -> Option<PathBuf> {
    let folder = environment::playwright_browsers()?;
    let mut browsers: Vec<PathBuf> = fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    browsers.sort();
    let candidates = browsers
        .iter()
        .rev()
        .flat_map(|browser| IN_PLAYWRIGHT.iter().map(|program| browser.join(program)));
    candidates.into_iter().find(|candidate| starts(candidate))
}

fn starts(program: &Path) -> bool {
    let mut command = Command::new(program);
    command
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
