//! Number and kind of the requests to the cluster that one HTTP request causes.

use testbed::proxy::FaultProxy;

use crate::{
    by, place_and_way,
    support::{
        Caller, PASSWORD, Program,
        binary::{Serving, command},
        credentials,
    },
};

async fn start() -> (testbed::TestStore, FaultProxy, Serving, Program) {
    let (place, proxy) = place_and_way().await;
    let mut program = command();
    program
        .envs(by(&proxy, &place))
        .args(["serve", "--port", "0", "--log", "info,server=debug"]);
    let mut server = Serving::start(program).await;
    // The hourly removal of ended sessions, which does search, runs right after the start. On an empty
    // cluster no search index is built.
    server
        .wait_for(|log| log.contains("ended sessions were removed"))
        .await;
    let program = Program::at(server.address);
    (place, proxy, server, program)
}

/// Counts requests. None of these paths searches or refreshes an index; the task that keeps the search
/// index current runs beside them, on indices of its own.
fn count(proxy: &FaultProxy) -> usize {
    let mut requests = proxy.take_requests();
    let is_of_the_job = |request: &str| request.contains("-outbox") || request.contains("-search");
    requests.retain(|request| !is_of_the_job(request));
    for request in &requests {
        assert!(
            request.contains("/_mget ") || request.contains("/_bulk"),
            "{request}"
        );
    }
    requests.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_and_sessions_are_read_and_written_by_id_and_seldom() {
    let (_place, proxy, server, program) = start().await;
    program.visit("/readyz").await.is(200);
    drop(proxy.take_requests());
    program
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let sign_up = count(&proxy);
    let cookie = program
        .log_in("ada@example.org", PASSWORD)
        .await
        .is(200)
        .cookie();
    let login = count(&proxy);
    let second = program
        .log_in("ada@example.org", PASSWORD)
        .await
        .is(200)
        .cookie();
    let second_login = count(&proxy);
    program.get("/v1/test").cookie(&cookie).send().await.is(200);
    let read = count(&proxy);
    program
        .post("/v1/auth/logout")
        .cookie(&second)
        .send()
        .await
        .is(200);
    let logout = count(&proxy);
    // One of them reads the global session epoch, as a login does.
    assert!(sign_up <= 5, "a sign-up took {sign_up} requests");
    // One of them reads the global session epoch.
    assert!(login <= 7, "a login took {login} requests");
    assert!(
        second_login <= 7,
        "a second login took {second_login} requests"
    );
    assert!(read <= 2, "a read took {read} requests");
    assert!(logout <= 6, "a logout took {logout} requests");
    drop(server);
}
