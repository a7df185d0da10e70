//! A client that creates, renames, deletes and restores products until the server is gone, and
//! remembers what was acknowledged.

use std::{
    collections::BTreeSet,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::{Context as _, Result, bail};
use http::Method;
use measure::{
    calls::{self, Call},
    client::{Client, ClientResponse},
    people::TestAccount,
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use serde_json::{Value, json};

/// Numbers of broken guarantees.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BrokenSaves {
    /// Products that differ from the last acknowledged save.
    pub(crate) lost: usize,
    /// Products that are neither as an unanswered save found them nor as it would leave them.
    pub(crate) halves: usize,
    /// Lists that contradict reads.
    pub(crate) lists: usize,
    /// Names that no product has and none can get.
    pub(crate) stuck: usize,
}

impl BrokenSaves {
    /// Adds other numbers.
    pub(crate) fn add(&mut self, other: Self) {
        self.lost += other.lost;
        self.halves += other.halves;
        self.lists += other.lists;
        self.stuck += other.stuck;
    }
}

/// A signed-in client with one artist.
#[derive(Debug)]
pub(crate) struct CreatorClient {
    name: String,
    cookie: String,
    artist: String,
    rng: StdRng,
    named: usize,
    products: Vec<Product>,
    unanswered: Option<Save>,
    /// Names of products whose creation was not answered, and that do not exist.
    unborn: Vec<String>,
}

/// A product as last acknowledged.
#[derive(Clone, Debug)]
struct Product {
    id: String,
    name: String,
    is_live: bool,
}

/// A save; the product is given by its number.
#[derive(Clone, Debug)]
enum Save {
    Make(String),
    Rename(usize, String),
    Delete(usize),
    Restore(usize),
}

impl CreatorClient {
    /// Signs up and creates an artist.
    pub(crate) async fn begin(address: SocketAddr, number: usize, seed: u64) -> Result<Self> {
        let mut client = Client::open(address).await?;
        let person = TestAccount::new("creator", number);
        client.expect_success(calls::sign_up(&person)).await?;
        let answer = client.expect_success(calls::log_in(&person)).await?;
        let cookie = answer.session().context("a login without a cookie")?;
        let name = format!("artist-{number}");
        let artist = json!({ "name": name, "status": "published" });
        let artist = calls::post("/v1/artists", &artist, Some(&cookie));
        let artist = id_of(&client.expect_success(artist).await?)?;
        Ok(Self {
            name,
            cookie,
            artist,
            rng: StdRng::seed_from_u64(seed),
            named: 0,
            products: Vec::new(),
            unanswered: None,
            unborn: Vec::new(),
        })
    }

    /// Number of products, including those in the trash.
    pub(crate) fn things(&self) -> usize {
        self.products.len()
    }

    /// Saves until the server is gone.
    pub(crate) async fn save_until_the_end(
        mut self,
        address: SocketAddr,
        acknowledged: Arc<AtomicUsize>,
    ) -> Result<Self> {
        let Ok(mut client) = Client::open(address).await else {
            return Ok(self);
        };
        loop {
            let save = self.next();
            self.unanswered = Some(save.clone());
            // Without a response, the server was killed.
            let Ok(answer) = client.send(self.call(&save)).await else {
                return Ok(self);
            };
            if !answer.is_success() {
                bail!("an unexpected answer to {save:?}: {}", answer.describe());
            }
            self.unanswered = None;
            self.done(save, &answer)?;
            acknowledged.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn next(&mut self) -> Save {
        let number = match self.products.len() {
            0 => return Save::Make(self.new_name()),
            products => self.rng.random_range(0..products),
        };
        let choice = self.rng.random_range(0..4);
        match (choice, self.products[number].is_live) {
            (0, _) => Save::Make(self.new_name()),
            (1, true) => Save::Delete(number),
            (_, true) => Save::Rename(number, self.new_name()),
            (_, false) => Save::Restore(number),
        }
    }

    fn new_name(&mut self) -> String {
        self.named += 1;
        format!("{}-product-{}", self.name, self.named)
    }

    fn call(&self, save: &Save) -> Call {
        let path = |number: &usize| format!("/v1/products/{}", self.products[*number].id);
        let cookie = &self.cookie;
        match save {
            Save::Make(name) => self.making(name),
            Save::Rename(number, name) => {
                let body = json!({ "name": name, "slug": name });
                calls::change(Method::PATCH, &path(number), &body, cookie)
            }
            Save::Delete(number) => {
                calls::change(Method::DELETE, &path(number), &Value::Null, cookie)
            }
            Save::Restore(number) => {
                let path = format!("{}/restoration", path(number));
                calls::post(&path, &json!({}), Some(cookie))
            }
        }
    }

    fn making(&self, name: &str) -> Call {
        let body = json!({ "artist_id": self.artist, "name": name, "status": "published" });
        calls::post("/v1/products", &body, Some(&self.cookie))
    }

    fn done(&mut self, save: Save, answer: &ClientResponse) -> Result<()> {
        match save {
            Save::Make(name) => self.products.push(Product {
                id: id_of(answer)?,
                name,
                is_live: true,
            }),
            Save::Rename(number, name) => self.products[number].name = name,
            Save::Delete(number) => self.products[number].is_live = false,
            Save::Restore(number) => self.products[number].is_live = true,
        }
        Ok(())
    }

    /// Compares everything with what was acknowledged. The outcome of an unanswered save counts
    /// from now on.
    pub(crate) async fn audit(&mut self, address: SocketAddr) -> Result<BrokenSaves> {
        let mut client = Client::open(address).await?;
        let mut broken = BrokenSaves::default();
        if let Some(save) = self.unanswered.take() {
            broken.halves += usize::from(!self.settle(&mut client, save).await?);
        }
        for product in &self.products {
            let is = self.read(&mut client, &product.id).await?;
            let promised = product.is_live.then(|| product.name.clone());
            broken.lost += usize::from(is != promised);
        }
        broken.lists += self.wrong_lists(&mut client).await?;
        Ok(broken)
    }

    /// Determines the outcome of a save; `false` if it is neither done nor undone.
    async fn settle(&mut self, client: &mut Client, save: Save) -> Result<bool> {
        let (number, done) = match save {
            Save::Make(name) => {
                let found = self.list(client, &format!("&q={name}")).await?;
                let made = found.into_iter().find(|(_, found)| *found == name);
                match made {
                    Some((id, name)) => self.products.push(Product {
                        id,
                        name,
                        is_live: true,
                    }),
                    None => self.unborn.push(name),
                }
                return Ok(true);
            }
            Save::Rename(number, name) => (number, Some(name)),
            Save::Delete(number) => (number, None),
            Save::Restore(number) => (number, Some(self.products[number].name.clone())),
        };
        let product = self.products[number].clone();
        let is = self.read(client, &product.id).await?;
        let before = product.is_live.then_some(product.name);
        let is_whole = is == before || is == done;
        let product = &mut self.products[number];
        product.is_live = is.is_some();
        if let Some(name) = is {
            product.name = name;
        }
        Ok(is_whole)
    }

    /// The name of an existing product, if its slug agrees with it.
    async fn read(&self, client: &mut Client, id: &str) -> Result<Option<String>> {
        let path = format!("/v1/products/{id}");
        let answer = client.send(calls::get(&path, Some(&self.cookie))).await?;
        match answer.status {
            200 => {}
            404 => return Ok(None),
            _ => bail!("a read was answered with {}", answer.describe()),
        }
        let data = &answer.json()["data"];
        let (name, slug) = (data["name"].as_str(), data["slug"].as_str());
        Ok(name.filter(|_| name == slug).map(str::to_owned))
    }

    async fn wrong_lists(&self, client: &mut Client) -> Result<usize> {
        let mut wrong = 0;
        for (filter, is_live) in [("", true), ("&deleted=true", false)] {
            let listed = self.list(client, filter).await?;
            let listed: BTreeSet<_> = listed.into_iter().map(|(id, _)| id).collect();
            let products = self.products.iter().filter(|one| one.is_live == is_live);
            let promised: BTreeSet<_> = products.map(|one| one.id.clone()).collect();
            wrong += usize::from(listed != promised);
        }
        Ok(wrong)
    }

    /// The ids and names of all products of a list, page by page.
    async fn list(&self, client: &mut Client, filter: &str) -> Result<Vec<(String, String)>> {
        let path = format!("/v1/products?artist_id={}&limit=100{filter}", self.artist);
        let mut all = Vec::new();
        let mut page = path.clone();
        loop {
            let call = calls::get(&page, Some(&self.cookie));
            let answer = client.expect_success(call).await?.json();
            let text = |one: &Value, name: &str| one[name].as_str().unwrap_or_default().to_owned();
            let products = answer["data"].as_array().into_iter().flatten();
            all.extend(products.map(|one| (text(one, "id"), text(one, "name"))));
            match answer["next"].as_str() {
                Some(next) => page = format!("{path}&cursor={next}"),
                None => return Ok(all),
            }
        }
    }

    /// Number of visible products of a deleted artist: in its list, and by id.
    async fn left_of_artist(&self, client: &mut Client) -> Result<usize> {
        let list = format!("/v1/products?artist_id={}", self.artist);
        let list = client.send(calls::get(&list, Some(&self.cookie))).await?;
        let mut left = usize::from(list.status != 404);
        for product in &self.products {
            let is = self.read(client, &product.id).await?;
            left += usize::from(is.is_some());
        }
        Ok(left)
    }

    /// Creates products with the names of failed saves, then deletes the artist and restores it.
    pub(crate) async fn close(&mut self, address: SocketAddr) -> Result<BrokenSaves> {
        let mut broken = self.audit(address).await?;
        let mut client = Client::open(address).await?;
        for name in std::mem::take(&mut self.unborn) {
            let answer = client.send(self.making(&name)).await?;
            match answer.status {
                201 => self.done(Save::Make(name), &answer)?,
                _ => broken.stuck += 1,
            }
        }
        let path = format!("/v1/artists/{}", self.artist);
        let end = calls::change(Method::DELETE, &path, &Value::Null, &self.cookie);
        client.expect_success(end).await?;
        broken.lists += self.left_of_artist(&mut client).await?;
        let path = format!("{path}/restoration");
        let restoration = calls::post(&path, &json!({}), Some(&self.cookie));
        client.expect_success(restoration).await?;
        broken.add(self.audit(address).await?);
        Ok(broken)
    }
}

fn id_of(answer: &ClientResponse) -> Result<String> {
    let id = answer.json()["data"]["id"].as_str().map(str::to_owned);
    id.with_context(|| format!("an answer without an id: {}", answer.describe()))
}
