//! All routes except those of pages, which are in `app/src/app.rs`. A path without a route here is
//! passed to the application (`pages::show`).

pub mod catalogue;

use axum::{
    Router,
    extract::{Request, State},
    response::Response,
    routing::{get, post},
};
use leptos::config::LeptosOptions;
use types::{
    LogIn, NameChange, SignUp,
    catalogue::{
        ArtistInput, EntityForm, EntityKind, PlacementInput, ProductInput, RetailerInput, StepForm,
        VideoInput,
    },
};

use crate::{
    assets, cargo_leptos, forms, health, pages,
    problem::{self, ProblemResponse},
    robots, server_functions,
    session::with_sessions,
    site::SITE,
    sitemap,
    state::AppState,
    studio::{self, Button, button, redirect_to_entity},
    v1,
};

/// All routes except those of pages.
///
/// Routes that start or end a session are wrapped in [`with_sessions`], which adds the layer of
/// tower-sessions. Every other route must not have it: the layer turns an unreachable store into a
/// missing session, and reads the session of requests that do not need it. They resolve the cookie by
/// `session::authenticate` instead.
pub(crate) fn routes(state: &AppState) -> Router {
    let mut router = Router::new()
        // Robots.
        .route("/robots.txt", get(robots::robots))
        .route("/sitemap.xml", get(sitemap::index))
        .route("/sitemap/{file}", get(sitemap::part))
        .merge(studio_routes())
        // Plain forms of the account.
        .route(
            "/login",
            with_sessions(state, post(forms::submit::<LogIn>)).get(pages::show),
        )
        .route(
            "/signup",
            with_sessions(state, post(forms::submit::<SignUp>)).get(pages::show),
        )
        .route("/logout", with_sessions(state, post(forms::log_out)))
        .route(
            "/account",
            post(forms::submit::<NameChange>).get(pages::show),
        )
        .route(
            "/account/sessions/end",
            with_sessions(
                state,
                post(forms::end_all_sessions).get(forms::redirect_to_account),
            ),
        )
        // Server functions.
        .route(
            "/api/{*name}",
            with_sessions(state, post(server_functions::call)),
        )
        // The API.
        .route("/v1/users/new", post(v1::users::create))
        .route(
            "/v1/auth/login",
            with_sessions(state, post(v1::auth::log_in)),
        )
        .route(
            "/v1/auth/logout",
            with_sessions(state, post(v1::auth::log_out)),
        )
        .route("/v1/test", get(v1::test::show))
        // Health checks.
        .route("/healthz", get(health::is_alive))
        .route("/readyz", get(health::is_ready));
    for (path, methods) in catalogue::served() {
        router = router.route(path, methods);
    }
    let files = match &state.cargo_leptos {
        Some(options) => folder_files(options),
        None => site_files(),
    };
    router
        .merge(files)
        .fallback(pages::show)
        .method_not_allowed_fallback(refuse_method)
        .with_state(state.clone())
}

/// Routes of the files that are compiled into the program.
fn site_files() -> Router<AppState> {
    let files = SITE.files.iter();
    files.fold(Router::new(), |router, file| {
        router.route(file.path, get(assets::get_asset))
    })
}

/// Routes of the files in the folder of `cargo leptos`.
fn folder_files(options: &LeptosOptions) -> Router<AppState> {
    let package = cargo_leptos::package(options);
    let router = Router::new()
        .route(
            &format!("{package}/start.js"),
            get(cargo_leptos::show_start),
        )
        .nest_service(&package, cargo_leptos::folder(options));
    let files = cargo_leptos::files(options).into_iter();
    files.fold(router, |router, (path, file)| {
        router.route_service(&path, file)
    })
}

/// Routes of the plain forms of the studio. Its pages are routes of the application.
fn studio_routes() -> Router<AppState> {
    let overview = get(pages::show).post(forms::submit::<StepForm>);
    let placements = get(redirect_to_entity).post(forms::submit::<EntityForm<PlacementInput>>);
    let mut router = Router::new()
        .route("/studio", overview)
        .route("/studio/videos/{id}/placements", placements)
        .merge(published::<ArtistInput>("/studio/artists"))
        .merge(published::<VideoInput>("/studio/videos"))
        .merge(published::<ProductInput>("/studio/products"))
        .merge(entities::<RetailerInput>("/studio/retailers"));
    for (name, one) in [
        ("approval", Button::Approve),
        ("block", Button::Block),
        ("proposal", Button::Reopen),
    ] {
        let path = format!("/studio/retailers/{{id}}/{name}");
        router = router.route(&path, button(EntityKind::Retailer, one));
    }
    router
}

/// Routes of a kind of entities that authors publish.
fn published<I: studio::StudioInput>(path: &str) -> Router<AppState> {
    let publication = format!("{path}/{{id}}/publication");
    entities::<I>(path)
        .route(&publication, button(I::KIND, Button::Publish))
        .route(
            &format!("{publication}/end"),
            button(I::KIND, Button::Withdraw),
        )
}

fn entities<I: studio::StudioInput>(path: &str) -> Router<AppState> {
    let form = || get(pages::show).post(forms::submit::<EntityForm<I>>);
    let restoration = format!("{path}/{{id}}/restoration");
    Router::new()
        .route(&format!("{path}/new"), form())
        .route(&format!("{path}/{{id}}"), form())
        .route(
            &format!("{path}/{{id}}/deletion"),
            button(I::KIND, Button::Delete),
        )
        .route(&restoration, button(I::KIND, Button::Restore))
}

/// The name of a path's route in the log. Names are fixed, so no part of the path is logged.
///
/// It is not axum's `MatchedPath`: a request that is refused before it reaches the router (another
/// host, another site, a rate limit) has none, nor has a page, which Leptos routes behind the
/// fallback. Most log lines are about those.
pub(crate) fn name_of(path: &str) -> &'static str {
    const NAMES: [&str; 15] = [
        "/robots.txt",
        "/sitemap.xml",
        "/login",
        "/signup",
        "/logout",
        "/account",
        "/account/sessions/end",
        "/v1/users/new",
        "/v1/auth/login",
        "/v1/auth/logout",
        "/v1/test",
        "/healthz",
        "/readyz",
        "/studio",
        "/",
    ];
    let known = NAMES.iter().find(|name| **name == path).copied();
    let known = known.or_else(|| catalogue::name_of(path));
    match known.or_else(|| server_functions::name_of(path)) {
        Some(name) => name,
        None if path.starts_with("/assets/") => "/assets/…",
        None if path.starts_with("/v1/") => "/v1/…",
        None if path.starts_with("/go/") => "/go/…",
        None if path.starts_with("/leave/") => "/leave/…",
        None if path.starts_with("/sitemap/") => "/sitemap/…",
        None if app::is_page(path) => prefix_name(path),
        None => "…",
    }
}

/// The name of the prefix of a page's path; the rest of the path is user input.
fn prefix_name(path: &str) -> &'static str {
    const PLACES: [(&str, &str); 5] = [
        ("/artists", "/artists/…"),
        ("/videos", "/videos/…"),
        ("/products", "/products/…"),
        ("/search", "/search"),
        ("/studio", "/studio/…"),
    ];
    let place = PLACES.iter().find(|(place, _)| path.starts_with(place));
    place.map_or("…", |(_, name)| name)
}

async fn refuse_method(State(state): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    problem::refuse(&state, parts, ProblemResponse::method_not_allowed()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_names_the_route_and_nothing_of_the_path() {
        for (path, name) in [
            ("/", "/"),
            ("/login", "/login"),
            ("/account", "/account"),
            ("/artists", "/artists/…"),
            ("/artists/ada", "/artists/…"),
            ("/videos/ada/first", "/videos/…"),
            ("/products/ada/lamp", "/products/…"),
            ("/search", "/search"),
            ("/go/off_1", "/go/…"),
            ("/leave/art_1/0a", "/leave/…"),
            ("/sitemap/videos-1.xml", "/sitemap/…"),
            ("/studio", "/studio"),
            ("/studio/videos/vid_1", "/studio/…"),
            ("/v1/nowhere", "/v1/…"),
            ("/leaves", "…"),
            ("/nowhere", "…"),
        ] {
            assert_eq!(name_of(path), name, "{path}");
        }
    }
}
