use tokio::time::advance;

use super::{super::activity::Answering, *};

const ALL: usize = 8;
const SHARE: usize = 3;

fn connections(proxies: &str) -> Connections {
    let flags = ["--trusted-proxy", proxies];
    let config = crate::config::Config::from_flags(&flags).unwrap();
    let capacity = Capacity {
        connections: ALL,
        connections_per_source: SHARE,
        ..Capacity::default()
    };
    Connections::new(capacity, config.http.trusted_proxies, SourceNames::None)
}

fn peer(last: u8) -> IpAddr {
    [192, 0, 2, last].into()
}

/// Opens idle connections of a peer.
fn open(connections: &Connections, last: u8, count: usize) -> Vec<ConnectionPermit> {
    let opened = (0..count).map(|_| connections.admit(peer(last)));
    opened.collect::<Option<_>>().unwrap()
}

/// Opens busy connections of a peer.
fn open_busy(
    connections: &Connections,
    last: u8,
    count: usize,
) -> Vec<(ConnectionPermit, Answering)> {
    let places = open(connections, last, count);
    let begin = |place: ConnectionPermit| {
        let answering = place.activity().begin();
        (place, answering)
    };
    places.into_iter().map(begin).collect()
}

fn closing(places: &[ConnectionPermit]) -> usize {
    let is_closing = |place: &&ConnectionPermit| place.activity().is_closing();
    places.iter().filter(is_closing).count()
}

#[tokio::test(start_paused = true)]
async fn a_source_with_its_share_closes_its_own_longest_idle_connection() {
    let connections = connections("");
    let mut first = open(&connections, 1, 1);
    advance(Duration::from_secs(1)).await;
    first.extend(open(&connections, 1, SHARE - 1));
    let other = open(&connections, 2, 1);
    assert!(connections.admit(peer(1)).is_some());
    assert!(first[0].activity().is_closing());
    assert_eq!((closing(&first), closing(&other)), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_source_whose_share_is_in_use_is_refused_and_others_are_not() {
    let connections = connections("");
    let busy = open_busy(&connections, 1, SHARE);
    assert!(connections.admit(peer(1)).is_none());
    assert!(connections.admit(peer(2)).is_some());
    drop(busy);
    assert!(connections.admit(peer(1)).is_some());
}

#[tokio::test(start_paused = true)]
async fn when_full_the_source_that_has_most_makes_room() {
    let connections = connections("");
    let three = open(&connections, 1, 3);
    let busy = open_busy(&connections, 2, 3);
    let two = open(&connections, 3, 2);
    let new = connections.admit(peer(4));
    assert!(new.is_some());
    assert_eq!((closing(&three), closing(&two)), (1, 0));
    assert!(busy.iter().all(|(place, _)| !place.activity().is_closing()));
}

#[tokio::test(start_paused = true)]
async fn a_source_takes_no_place_of_one_that_has_fewer() {
    let connections = connections("");
    let busy = open_busy(&connections, 1, 2);
    let ones: Vec<_> = (2..8)
        .flat_map(|last| open(&connections, last, 1))
        .collect();
    assert!(connections.admit(peer(1)).is_none());
    assert_eq!(closing(&ones), 0);
    assert!(connections.admit(peer(2)).is_some());
    assert!(ones[0].activity().is_closing());
    drop(busy);
}

#[tokio::test(start_paused = true)]
async fn a_trusted_proxy_has_no_share_and_makes_room_last() {
    let connections = connections("192.0.2.9");
    let proxy = open(&connections, 9, ALL - 2);
    let direct = open(&connections, 1, 2);
    let new = connections.admit(peer(2));
    assert!(new.is_some());
    assert_eq!((closing(&proxy), closing(&direct)), (0, 1));
    let newer = connections.admit(peer(9));
    assert!(newer.is_some());
    let all: Vec<_> = proxy.into_iter().chain(direct).chain(new).collect();
    assert_eq!(closing(&all), 2);
}

#[tokio::test(start_paused = true)]
async fn when_nothing_is_idle_a_new_connection_is_refused_and_nothing_is_cut_off() {
    let connections = connections("");
    let busy: Vec<_> = (1..=ALL as u8)
        .flat_map(|last| open_busy(&connections, last, 1))
        .collect();
    assert!(connections.admit(peer(99)).is_none());
    assert!(busy.iter().all(|(place, _)| !place.activity().is_closing()));
    drop(busy);
    advance(SEARCH_PAUSE).await;
    assert!(connections.admit(peer(99)).is_some());
    let state = connections.lock();
    assert_eq!((state.open, state.closing, state.sources.len()), (0, 0, 0));
}
