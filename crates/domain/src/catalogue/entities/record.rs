//! The stored form of an entity: the fields that all kinds have, and the content that was entered.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use types::catalogue::Slug;

use crate::catalogue::CatalogueError;
use crate::{
    clock::{Clock, unix_milliseconds},
    documents::Revision,
};

/// The document under the id of an entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum EntityState<C> {
    /// An entity, deleted or not.
    Live(Box<EntityRecord<C>>),
    /// A tombstone: no entity will ever exist under this id, even if a save of one is still in
    /// progress.
    Gone {
        /// Milliseconds since 1970.
        gone_at: i64,
    },
}

/// An entity. Instants are milliseconds since 1970 by the server's clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EntityRecord<C> {
    /// The id of the parent: the account of an artist, otherwise the artist.
    pub(crate) parent: String,
    /// Its part of the path.
    pub(crate) slug: Slug,
    /// The last former slugs, which redirect to it; oldest first.
    pub(crate) former_slugs: Vec<Slug>,
    /// The content that was entered.
    pub(crate) content: C,
    /// When it was created.
    pub(crate) created_at: i64,
    /// When it was last changed; rises with every change.
    pub(crate) updated_at: i64,
    /// The id of the account that created it, or `system`.
    pub(crate) created_by: String,
    /// The id of the account that changed it last, or `system`.
    pub(crate) updated_by: String,
    /// When it was deleted; it can be restored for thirty days.
    pub(crate) deleted_at: Option<i64>,
    /// A value besides the parent that it can be listed by (see
    /// [`Kind::mark`](crate::catalogue::service::kind::Kind::list_key)).
    pub(crate) mark: Option<String>,
}

/// An entity as it was read.
#[derive(Clone, Debug)]
pub struct StoredEntity<C> {
    pub(crate) id: String,
    pub(crate) revision: Revision,
    pub(crate) record: EntityRecord<C>,
}

impl<C> StoredEntity<C> {
    /// Rejects a change that started from another revision.
    pub(crate) fn require_revision(&self, from: Revision) -> Result<(), CatalogueError> {
        if from == self.revision {
            return Ok(());
        }
        Err(CatalogueError::Conflict)
    }
}

/// Maximum number of former slugs that redirect. Shared links outlive a few renames; more would
/// let one entity block names for others.
pub(crate) const MAX_FORMER_SLUGS: usize = 10;

/// Time in milliseconds during which a deleted entity can be restored.
pub(crate) const RESTORE_PERIOD_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// The earliest `deleted_at` of an entity that can still be restored at `now`, in milliseconds
/// since 1970.
pub(crate) fn first_restorable(now: i64) -> i64 {
    now - RESTORE_PERIOD_MS + 1
}

impl<C> EntityRecord<C> {
    /// A new entity, created now.
    pub(crate) fn new(parent: &str, slug: Slug, content: C, by: &str, clock: &dyn Clock) -> Self {
        let now = unix_milliseconds(clock.now());
        Self {
            parent: parent.to_owned(),
            slug,
            former_slugs: Vec::new(),
            content,
            created_at: now,
            updated_at: now,
            created_by: by.to_owned(),
            updated_by: by.to_owned(),
            deleted_at: None,
            mark: None,
        }
    }

    /// Sets who changed it and when: now, but after the last change even if the clock was set
    /// back.
    pub(crate) fn touch(&mut self, by: &str, clock: &dyn Clock) {
        self.updated_at = unix_milliseconds(clock.now()).max(self.updated_at + 1);
        self.updated_by = by.to_owned();
    }

    /// Changes the slug; the previous one redirects from now on. Beyond [`MAX_FORMER_SLUGS`] former
    /// slugs, the oldest no longer redirects.
    pub(crate) fn rename(&mut self, slug: Slug) {
        if slug == self.slug {
            return;
        }
        self.former_slugs.retain(|former| *former != slug);
        let former = std::mem::replace(&mut self.slug, slug);
        self.former_slugs.push(former);
        let surplus = self.former_slugs.len().saturating_sub(MAX_FORMER_SLUGS);
        self.former_slugs.drain(..surplus);
    }

    /// True if it has this slug or the slug redirects to it.
    pub(crate) fn has_had(&self, slug: &Slug) -> bool {
        self.slug == *slug || self.former_slugs.contains(slug)
    }

    /// Marks it as deleted.
    pub(crate) fn delete(&mut self, by: &str, clock: &dyn Clock) {
        self.touch(by, clock);
        self.deleted_at = Some(self.updated_at);
    }

    /// Restores it.
    pub(crate) fn restore(&mut self, by: &str, clock: &dyn Clock) {
        self.touch(by, clock);
        self.deleted_at = None;
    }

    /// True unless it is deleted.
    pub(crate) fn is_live(&self) -> bool {
        self.deleted_at.is_none()
    }

    /// True if it is deleted and can still be restored at `now`.
    pub(crate) fn is_restorable(&self, now: i64) -> bool {
        self.deleted_at
            .is_some_and(|at| now < at + RESTORE_PERIOD_MS)
    }
}

#[cfg(test)]
mod tests {
    use time::{Duration, OffsetDateTime};

    use super::*;
    use crate::clock::ManualClock;

    fn slug(text: &str) -> Slug {
        Slug::parse(text, 1, 80).unwrap().unwrap()
    }

    fn record(clock: &ManualClock) -> EntityRecord<()> {
        EntityRecord::new("art_1", slug("one"), (), "acc_1", clock)
    }

    #[test]
    fn a_change_is_later_than_the_last_one_on_a_clock_that_stands_still() {
        let clock = ManualClock::new(OffsetDateTime::UNIX_EPOCH);
        let mut record = record(&clock);
        for change in 1..=3 {
            record.touch("acc_1", &clock);
            assert_eq!(record.updated_at, change);
        }
    }

    #[test]
    fn a_slug_that_comes_back_no_longer_redirects() {
        let clock = ManualClock::new(OffsetDateTime::UNIX_EPOCH);
        let mut record = record(&clock);
        record.rename(slug("two"));
        record.rename(slug("two"));
        assert_eq!(record.former_slugs, [slug("one")]);
        record.rename(slug("one"));
        assert_eq!(
            (record.slug, record.former_slugs),
            (slug("one"), vec![slug("two")])
        );
    }

    #[test]
    fn the_oldest_of_too_many_former_slugs_is_given_up() {
        let clock = ManualClock::new(OffsetDateTime::UNIX_EPOCH);
        let mut record = record(&clock);
        for number in 0..15 {
            record.rename(slug(&format!("name-{number}")));
        }
        let kept: Vec<_> = (4..14)
            .map(|number| slug(&format!("name-{number}")))
            .collect();
        assert_eq!((record.slug, record.former_slugs), (slug("name-14"), kept));
    }

    #[test]
    fn a_deletion_can_be_taken_back_for_thirty_days() {
        let clock = ManualClock::new(OffsetDateTime::UNIX_EPOCH);
        let mut record = record(&clock);
        assert!(!record.is_restorable(0));
        record.delete("acc_1", &clock);
        clock.advance(Duration::days(30));
        let now = unix_milliseconds(clock.now());
        assert!(record.is_restorable(now - 1) && !record.is_live());
        for now in [now - 1, now, now + 1] {
            let is_in_scope = record.updated_at >= first_restorable(now);
            assert_eq!(is_in_scope, record.is_restorable(now));
        }
        clock.advance(Duration::milliseconds(2));
        assert!(!record.is_restorable(unix_milliseconds(clock.now())));
    }
}
