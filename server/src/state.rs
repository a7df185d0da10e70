//! The state of the server.

use std::sync::Arc;

use app::page::{ChunkAssets, PageAssets, ProgramAssets};
use axum::http::HeaderValue;
use domain::Domain;
use leptos::config::LeptosOptions;

use crate::{
    capacity::Capacity,
    cargo_leptos,
    config::{public_url::PublicUrl, trusted_proxies::TrustedProxies},
    middleware::{
        body_budget::BodyBudget, headers::PagePolicy, in_flight::RequestsInFlight,
        reads::ReadAdmission,
    },
    session::{DeviceCookie, SessionCookie},
    site::{Chunk, Program, SITE, Site},
    sitemap::SiteMapCache,
    source_names::SourceNames,
    timeouts::Timeouts,
};

/// The state that every handler gets; cheap to clone.
pub(crate) type AppState = Arc<ServerState>;

/// The state of the server, built once before the first request.
#[derive(Debug)]
pub(crate) struct ServerState {
    /// The domain.
    pub(crate) domain: Arc<Domain>,
    /// The public URL.
    pub(crate) public_url: PublicUrl,
    /// The values of `Host` that name this server.
    pub(crate) hosts: Vec<String>,
    /// The values of `Origin` of this server's pages.
    pub(crate) origins: Vec<HeaderValue>,
    /// The reverse proxies whose forwarding headers are trusted.
    pub(crate) trusted_proxies: TrustedProxies,
    /// The session cookie.
    pub(crate) cookie: SessionCookie,
    /// The content security policy of pages.
    pub(crate) page_policy: PagePolicy,
    /// The cookie of a device that has logged in before.
    pub(crate) device_cookie: DeviceCookie,
    /// The URLs of the files of pages.
    pub(crate) page_assets: PageAssets,
    /// The options of `cargo leptos`, if it has started this program.
    pub(crate) cargo_leptos: Option<LeptosOptions>,
    /// The time limits for clients.
    pub(crate) timeouts: Timeouts,
    /// The cached files of the site map.
    pub(crate) site_maps: SiteMapCache,
    /// The admission of reads.
    pub(crate) reads: ReadAdmission,
    /// The names of sources in the log.
    pub(crate) source_names: SourceNames,
    /// The budget of memory for bodies.
    pub(crate) bodies: BodyBudget,
    /// The open requests of clients behind a trusted proxy.
    pub(crate) in_flight: RequestsInFlight,
}

impl ServerState {
    pub(crate) fn new(
        domain: Arc<Domain>,
        public_url: PublicUrl,
        trusted_proxies: TrustedProxies,
        (timeouts, capacity): (Timeouts, Capacity),
        source_names: SourceNames,
    ) -> Self {
        Self {
            hosts: public_url.hosts(),
            origins: public_url
                .origins()
                .iter()
                .filter_map(|origin| HeaderValue::from_str(origin).ok())
                .collect(),
            trusted_proxies,
            cookie: SessionCookie::new(public_url.is_https()),
            page_policy: PagePolicy::new(&domain.settings().hosts),
            device_cookie: DeviceCookie::new(public_url.is_https()),
            page_assets: page_assets(&SITE),
            cargo_leptos: None,
            timeouts,
            site_maps: SiteMapCache::default(),
            reads: ReadAdmission::new(domain.settings().limits),
            source_names,
            bodies: BodyBudget::new(capacity.bodies, capacity.bodies_per_source),
            in_flight: RequestsInFlight::new(capacity.connections_per_source),
            domain,
            public_url,
        }
    }

    /// This state with the site in the folder of `cargo leptos` instead of the built-in one.
    pub(crate) fn over_folder(self, options: LeptosOptions) -> Self {
        let hosts = &self.domain.settings().hosts;
        let reload = cargo_leptos::reload_sources(&options);
        Self {
            page_policy: PagePolicy::with_connections(hosts, &reload),
            page_assets: cargo_leptos::page_assets(&options),
            cargo_leptos: Some(options),
            ..self
        }
    }
}

fn page_assets(site: &Site) -> PageAssets {
    PageAssets {
        style: site.style.to_owned(),
        frontend: program_assets(&site.frontend),
        icon: site.icon.to_owned(),
        build: site.build.to_owned(),
    }
}

fn program_assets(program: &Program) -> ProgramAssets {
    ProgramAssets {
        start: program.start.to_owned(),
        bindings: program.bindings.to_owned(),
        module: program.module.to_owned(),
        loader: program.loader.to_owned(),
        parts: program.parts.iter().map(part_assets).collect(),
    }
}

fn part_assets(part: &Chunk) -> ChunkAssets {
    ChunkAssets {
        name: part.name.to_owned(),
        files: part.files.iter().copied().map(str::to_owned).collect(),
    }
}
