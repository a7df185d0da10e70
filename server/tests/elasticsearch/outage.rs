//! The cluster is unreachable while the server runs: nobody is logged out, no access is granted, and
//! service resumes by itself.

use testbed::proxy::Fault;

use crate::{
    by, place_and_way,
    support::{
        Caller, PASSWORD, Program, TestResponse,
        binary::{Serving, command},
        credentials, eventually,
    },
};

#[track_caller]
fn is_unavailable(answer: &TestResponse) {
    assert_eq!(answer.status, 503, "{}", answer.lossy());
    let seconds: u32 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds));
    assert!(answer.set_cookies().is_empty(), "the cookie is touched");
    assert_eq!(answer.header("clear-site-data"), None);
    for word in ["127.0.0.1", "lasticsearch", "_mget", "_bulk"] {
        assert!(
            !answer.lossy().contains(word),
            "{word} is nobody's business"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_that_goes_away_closes_no_door_and_opens_none() {
    let (place, proxy) = place_and_way().await;
    let mut program = command();
    program.envs(by(&proxy, &place));
    program.args(["serve", "--port", "0", "--elasticsearch-timeout", "2s"]);
    let server = Serving::start(program).await;
    let people = Program::at(server.address);
    people
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let cookie = people
        .log_in("ada@example.org", PASSWORD)
        .await
        .is(200)
        .cookie();
    for way in [Fault::Gone, Fault::Silent] {
        proxy.inject(way.clone()).await;
        // A cached session may be used for 700 ms, and not for longer.
        eventually("the session cannot be looked up", || async {
            people.get("/v1/test").cookie(&cookie).send().await.status == 503
        })
        .await;
        let signed_in = people.get("/v1/test").cookie(&cookie).send().await;
        is_unavailable(&signed_in);
        signed_in.is_refusal(503, "unavailable");
        let studio = people.get("/studio").cookie(&cookie).send().await;
        is_unavailable(&studio);
        assert!(studio.page().contains("We cannot get at our records"));
        is_unavailable(&people.log_in("ada@example.org", PASSWORD).await);
        is_unavailable(&people.log_in("eve@example.org", PASSWORD).await);
        is_unavailable(
            &people
                .new_user(&credentials("bob@example.org", PASSWORD))
                .await,
        );
        is_unavailable(&people.post("/v1/auth/logout").cookie(&cookie).send().await);
        people.visit("/readyz").await.is(503);
        people.visit("/healthz").await.is(200);
        people.get("/").send().await.is(200).page();
        proxy.inject(Fault::NoFault).await;
        eventually("the server is ready again", || async {
            people.visit("/readyz").await.status == 200
        })
        .await;
        people.get("/v1/test").cookie(&cookie).send().await.is(200);
        people.log_in("ada@example.org", PASSWORD).await.is(200);
    }
    let (status, log) = server.stop().await;
    assert!(status.success());
    for line in [
        "a node of Elasticsearch is given up",
        "a node of Elasticsearch is back",
    ] {
        assert!(log.contains(line), "{line}: {log}");
    }
}
