//! A page model without its type.

use std::{any::Any, fmt, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};

/// A page model without its type: the value that was read, or the JSON that came with the document.
///
/// Views get the typed model. The code that waits for it is the same for all pages; generic over the
/// model, it would be compiled into the WebAssembly once per page.
#[derive(Clone)]
pub(super) struct ErasedModel {
    json: String,
    model: Option<Arc<dyn Any + Send + Sync>>,
}

impl ErasedModel {
    /// Erases the type of a model. The server serializes it for the document.
    pub(super) fn of<M: Serialize + Send + Sync + 'static>(model: M) -> Self {
        Self {
            json: json(&model),
            model: Some(Arc::new(model)),
        }
    }

    /// The typed model; `None` if the JSON in the document has another shape.
    pub(super) fn model<M: Clone + DeserializeOwned + 'static>(&self) -> Option<M> {
        match &self.model {
            Some(model) => model.downcast_ref::<M>().cloned(),
            // `from_slice`, because server functions use it, too: `from_str` would compile a second
            // deserializer into the WebAssembly.
            None => serde_json::from_slice(self.json.as_bytes()).ok(),
        }
    }
}

#[cfg(feature = "ssr")]
fn json<M: Serialize>(model: &M) -> String {
    serde_json::to_string(model).unwrap_or_default()
}

/// The browser never serializes a model.
#[cfg(not(feature = "ssr"))]
fn json<M>(_: &M) -> String {
    String::new()
}

impl fmt::Debug for ErasedModel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ErasedModel")
            .finish_non_exhaustive()
    }
}

impl Serialize for ErasedModel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.json)
    }
}

impl<'de> Deserialize<'de> for ErasedModel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self {
            json: String::deserialize(deserializer)?,
            model: None,
        })
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_model_survives_the_way_to_the_browser() {
        let read = ErasedModel::of(vec!["</script>".to_owned(), "\"".to_owned()]);
        let came: ErasedModel =
            serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
        for payload in [read, came] {
            let model: Vec<String> = payload.model().unwrap();
            assert_eq!(model, ["</script>", "\""]);
            assert!(payload.model::<u8>().is_none());
        }
    }
}
