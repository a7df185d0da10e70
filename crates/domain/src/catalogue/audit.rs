//! What was decided about others, by whom and when.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    clock::{Clock, unix_milliseconds},
    documents::{Collection, Documents, StoreError},
    encoding::encode,
};

/// Decisions, by an id that rises.
pub(crate) static AUDIT: Collection = Collection {
    name: "audit",
    indexed: &["subject"],
    largest: 4 * 1024,
};

/// A decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct AuditRecord {
    /// Milliseconds since 1970.
    at: i64,
    /// The account that decided, or `system` for a command of the operator.
    actor: String,
    /// What was begun: `retailer.approved`.
    action: String,
    /// The id of what it was done to.
    subject: String,
}

/// All decisions; they are only ever added to.
#[derive(Clone, Debug)]
pub(crate) struct Audit {
    documents: Arc<dyn Documents>,
    clock: Arc<dyn Clock>,
}

impl Audit {
    pub(crate) fn new(documents: Arc<dyn Documents>, clock: Arc<dyn Clock>) -> Self {
        Self { documents, clock }
    }

    /// Writes a decision down, before it takes effect: what was not written down was not done.
    pub(crate) async fn note(
        &self,
        actor: &str,
        action: &str,
        subject: &str,
    ) -> Result<(), StoreError> {
        let id = format!("aud_{}", Uuid::now_v7().simple());
        let body = encode(&AuditRecord {
            at: unix_milliseconds(self.clock.now()),
            actor: actor.to_owned(),
            action: action.to_owned(),
            subject: subject.to_owned(),
        })?;
        match self.documents.create(&AUDIT, &id, body).await {
            // Nothing else has this id: it is this very one, written by a store that repeats.
            Ok(_) | Err(StoreError::Exists) => {}
            Err(error) => return Err(error),
        }
        tracing::info!(actor, action, subject, "decided");
        Ok(())
    }
}
