//! The program as `cargo leptos watch` starts it.

use std::fs;

use tempfile::TempDir;

use crate::support::binary::{Serving, command};

/// The site folder of `cargo leptos`, and the program that serves it.
struct Site {
    folder: TempDir,
    server: Serving,
}

impl Site {
    async fn start() -> Self {
        let folder = TempDir::new().unwrap();
        let package = folder.path().join("site/pkg");
        fs::create_dir_all(&package).unwrap();
        fs::write(folder.path().join("secret.txt"), "not for the site").unwrap();
        fs::write(folder.path().join("site/icon.svg"), "<svg/>").unwrap();
        fs::write(package.join("program.css"), "a{}").unwrap();
        fs::write(package.join("program.wasm"), "module").unwrap();
        let mut command = command();
        command
            .args(["serve", "--port", "0", "--data"])
            .arg(folder.path().join("data"))
            .env("LEPTOS_OUTPUT_NAME", "program")
            .env("LEPTOS_SITE_ROOT", folder.path().join("site"))
            .env("LEPTOS_SITE_PKG_DIR", "pkg")
            .env("LEPTOS_RELOAD_PORT", "4001")
            .env("LEPTOS_WATCH", "true");
        Self {
            server: Serving::start(command).await,
            folder,
        }
    }

    async fn get(&self, path: &str) -> reqwest::Response {
        let url = format!("http://{}{path}", self.server.address);
        reqwest::get(url).await.unwrap()
    }

    async fn text(&self, path: &str) -> String {
        self.get(path).await.text().await.unwrap()
    }
}

#[tokio::test]
async fn a_page_refers_to_the_folder_and_reloads_itself() {
    let site = Site::start().await;
    let page = site.get("/login").await;
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    let source = "connect-src 'self' ws://127.0.0.1:4001 ws://localhost:4001;";
    assert!(policy.contains(source), "{policy}");
    let page = page.text().await.unwrap();
    for part in [
        "/pkg/program.css",
        "/pkg/start.js",
        "/icon.svg",
        "live_reload",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("/assets/"), "{page}");
    site.server.stop().await;
}

#[tokio::test]
async fn a_file_is_sent_as_it_is_now_and_never_kept() {
    let site = Site::start().await;
    let style = site.get("/pkg/program.css").await;
    assert_eq!(style.headers()["content-type"], "text/css");
    assert_eq!(style.headers()["cache-control"], "no-store");
    let path = site.folder.path().join("site/pkg/program.css");
    fs::write(path, "b{}").unwrap();
    assert_eq!(site.text("/pkg/program.css").await, "b{}");
    let module = site.get("/pkg/program_bg.wasm").await;
    assert_eq!(module.headers()["content-type"], "application/wasm");
    assert_eq!(module.text().await.unwrap(), "module");
    assert!(site.text("/pkg/start.js").await.contains("program_bg.wasm"));
    assert_eq!(site.text("/icon.svg").await, "<svg/>");
    site.server.stop().await;
}

#[tokio::test]
async fn nothing_beside_the_folder_is_sent() {
    let site = Site::start().await;
    for path in [
        "/pkg/%2e%2e/%2e%2e/secret.txt",
        "/pkg/..%2f..%2fsecret.txt",
        "/secret.txt",
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status(), 404, "{path}");
        assert!(
            !answer.text().await.unwrap().contains("not for the site"),
            "{path}"
        );
    }
    site.server.stop().await;
}
