use super::*;
use crate::catalogue::quotas::Quota;

const ARTIST: &str = "art_0192aaaabbbbccccddddeeeeffff0001";
const OTHER: &str = "art_0192aaaabbbbccccddddeeeeffff0002";

fn quotas() -> Quotas {
    Quotas {
        artists: 2,
        account: Quota {
            videos: 3,
            products: 3,
            proposals: 3,
            bytes: 100,
        },
        artist: Quota {
            videos: 2,
            products: 2,
            proposals: 2,
            bytes: 60,
        },
    }
}

fn new(of: PendingWriteKind, id: &str, parent: &str, bytes: u64) -> PendingWrite {
    PendingWrite {
        id: id.to_owned(),
        of,
        parent: parent.to_owned(),
        bytes,
        since: 0,
        change: None,
    }
}

/// An update that adds this number of bytes.
fn growth(artist: &str, bytes: u64) -> PendingWrite {
    PendingWrite {
        change: Some(PendingUpdate {
            id: "1".to_owned(),
            from: 1,
        }),
        ..new(PendingWriteKind::Video, "1", artist, bytes)
    }
}

fn enter(
    record: &mut OwnedArtistsRecord,
    of: PendingWriteKind,
    id: &str,
    artist: &str,
) -> Result<(), FullQuota> {
    record.enter(new(of, id, artist, 1), &quotas())
}

#[test]
fn an_artist_and_an_account_have_quotas_of_their_own() {
    for (of, counted) in [
        (PendingWriteKind::Video, QuotaResource::Videos),
        (PendingWriteKind::Product, QuotaResource::Products),
        (PendingWriteKind::Proposal, QuotaResource::Proposals),
    ] {
        let mut record = OwnedArtistsRecord::default();
        let full = |holder, most| {
            let of = counted;
            Err(FullQuota { of, holder, most })
        };
        assert_eq!(enter(&mut record, of, "1", ARTIST), Ok(()));
        assert_eq!(enter(&mut record, of, "2", ARTIST), Ok(()));
        let third = enter(&mut record, of, "3", ARTIST);
        assert_eq!(third, full(QuotaHolder::Artist, 2));
        assert_eq!(enter(&mut record, of, "4", OTHER), Ok(()));
        let fourth = enter(&mut record, of, "5", OTHER);
        assert_eq!(fourth, full(QuotaHolder::Account, 3));
        assert_eq!(record.pending.len(), 3, "what is refused leaves nothing");
    }
}

#[test]
fn artists_are_counted_by_their_ids() {
    let mut record = OwnedArtistsRecord::default();
    for id in [ARTIST, OTHER] {
        enter(&mut record, PendingWriteKind::Artist, id, "acc_1").unwrap();
    }
    let third = "art_0192aaaabbbbccccddddeeeeffff0003";
    let full = enter(&mut record, PendingWriteKind::Artist, third, "acc_1");
    assert_eq!(full.unwrap_err().of, QuotaResource::Artists);
    record.subtract_usage(&record.pending[0].clone());
    assert_eq!(record.artists.len(), 1);
}

#[test]
fn bytes_are_counted_when_something_is_created_and_when_it_grows() {
    let mut record = OwnedArtistsRecord::default();
    let large = new(PendingWriteKind::Video, "1", ARTIST, 50);
    record.enter(large.clone(), &quotas()).unwrap();
    let full = record.enter(new(PendingWriteKind::Video, "2", ARTIST, 11), &quotas());
    let full = full.unwrap_err();
    assert_eq!(
        (full.of, full.holder),
        (QuotaResource::Bytes, QuotaHolder::Artist)
    );
    assert_eq!(record.enter(growth(ARTIST, 10), &quotas()), Ok(()));
    assert_eq!(record.enter(growth(ARTIST, 1), &quotas()), Err(full));
    assert_eq!(record.usage[ARTIST].bytes, 60);
    assert_eq!(record.usage[ARTIST].videos, 1);
    let full = record.enter(growth(OTHER, 41), &quotas()).unwrap_err();
    assert_eq!((full.holder, full.most), (QuotaHolder::Account, 100));
    record.subtract_usage(&large);
    assert_eq!(
        (record.usage[ARTIST].bytes, record.usage[ARTIST].videos),
        (10, 0)
    );
    record.subtract_usage(&growth(ARTIST, 10));
    assert_eq!(record.usage[ARTIST].bytes, 0);
}

#[test]
fn a_change_is_pending_beside_what_is_created() {
    let mut record = OwnedArtistsRecord::default();
    record.enter(growth(ARTIST, 10), &quotas()).unwrap();
    assert!(!record.is_pending("1"), "the thing is there");
    assert_eq!(record.pending[0].outcome_id(), "1");
    let created = new(PendingWriteKind::Video, "2", ARTIST, 1);
    record.enter(created.clone(), &quotas()).unwrap();
    assert!(record.is_pending("2"));
    assert_eq!(created.outcome_id(), "2");
}

#[test]
fn holdings_without_counts_are_read_and_have_not_been_counted() {
    let stored = serde_json::json!({ "artists": [ARTIST], "is_closed": false });
    let record: OwnedArtistsRecord = serde_json::from_value(stored).unwrap();
    assert_eq!((record.artists.len(), record.counted_at), (1, None));
}

#[test]
fn a_recount_keeps_what_was_entered_meanwhile() {
    let with = |products, bytes, proposals: &[&str], counted_at| OwnedArtistsRecord {
        usage: [(
            ARTIST.to_owned(),
            Usage {
                videos: 0,
                products,
                bytes,
            },
        )]
        .into(),
        proposals: proposals
            .iter()
            .map(|id| Proposal {
                id: (*id).to_owned(),
                artist: ARTIST.to_owned(),
            })
            .collect(),
        counted_at,
        ..OwnedArtistsRecord::default()
    };
    let recount = UsageRecount {
        before: with(5, 50, &["gone", "kept"], Some(1)),
        after: with(3, 20, &["kept", "found"], Some(9)),
    };
    let mut same = recount.before.clone();
    same.correct(&recount);
    assert_eq!(same, recount.after);
    let mut newer = with(6, 57, &["gone", "kept", "new"], Some(1));
    newer.correct(&recount);
    assert_eq!(newer, with(4, 27, &["kept", "new", "found"], Some(9)));
    let mut counted = with(6, 57, &["gone"], Some(8));
    counted.correct(&recount);
    assert_eq!(counted, with(6, 57, &["gone"], Some(8)));
}
