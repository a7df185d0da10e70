//! The test cases of the original, each translated to this product.
//!
//! The original had 75 cases, which ran on its kind of database in 5.8 seconds. A module here is a
//! test class there, with a freshly migrated store of its own, and a test is a case. Models that do
//! not exist here are mapped:
//!
//! | There | Here |
//! |---|---|
//! | a product's type | an attribute of the product; its name is unique in it |
//! | a product's style (`low_end`, `high_end`) | the tier of an alternative (`cheaper`, `dearer`); a product is an alternative once |
//! | a scene of a video | a chapter; its start is unique in the video |
//! | the unique name of an artist, a video or a product | the slug, which is made of the name |
//! | a product's `upc` | its `gtin`, of which a UPC is the one with twelve digits |
//! | a retailer of a product | an offer's shop, which is known by its domain |
//! | the many-to-many table of videos and products | the placements in the video |
//! | a query of the database | a list with `q` |
//!
//! In the original everybody could write; here one account owns every entity of a class.
//!
//! On Elasticsearch a case waits much longer than it works, so the total time depends on how many run
//! at once: `cargo test -p server --test http original -- --test-threads=24`.

mod artists;
mod class;
mod models;
mod product_styles;
mod product_types;
mod products;
mod relations;
mod users;
