//! Fetching a package into a file: what is there already is kept, so that a download that was cut off goes on where it
//! ended. Whether it is the right package is not decided here: its signature says so, of the whole.

use std::path::Path;
use std::time::Duration;

use reqwest::header::{CONTENT_RANGE, RANGE};
use reqwest::{Client, StatusCode};
use tauri::Url;
use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncWriteExt;

/// How long a server may take to answer.
const CONNECT: Duration = Duration::from_secs(20);
/// How long a server may be silent in the middle.
const SILENCE: Duration = Duration::from_mins(1);
/// How often a download that was cut off is taken up again by itself.
const TRIES: u32 = 4;
/// The largest package that is fetched, in bytes.
const LARGEST: u64 = 1 << 30;

/// Why a package did not come.
#[derive(Debug)]
pub(super) enum FetchError {
    /// The address is not safe.
    Insecure,
    /// The server answered with this.
    Status(u16),
    /// It is larger than any package is.
    TooLarge,
    /// The server was not reached, or the connection ended in the middle.
    Cut(reqwest::Error),
    /// The file could not be written.
    File(std::io::Error),
}

impl From<std::io::Error> for FetchError {
    fn from(error: std::io::Error) -> Self {
        Self::File(error)
    }
}

/// Fetches `url` into the file at `to`, and tells how many bytes are there, and of how many where the server says it.
/// `plain` allows addresses without TLS, for servers on this machine.
pub(super) async fn fetch(
    url: &Url,
    to: &Path,
    plain: bool,
    mut tell: impl FnMut(u64, Option<u64>),
) -> Result<(), FetchError> {
    if url.scheme() != "https" && !plain {
        return Err(FetchError::Insecure);
    }
    // Is in place already when a model's server was asked before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder()
        .user_agent(concat!("workprint/", env!("CARGO_PKG_VERSION")))
        .https_only(!plain)
        .connect_timeout(CONNECT)
        .read_timeout(SILENCE);
    let client = if plain { client.no_proxy() } else { client };
    let client = client.build().map_err(FetchError::Cut)?;

    let mut file = OpenOptions::new().create(true).append(true).open(to).await?;
    let mut tries = 0;
    loop {
        tries += 1;
        let before = file.metadata().await?.len();
        match go_on(&client, url, &mut file, &mut tell).await {
            Err(FetchError::Cut(_)) if tries < TRIES && file.metadata().await?.len() > before => {}
            Err(error) => return Err(error),
            Ok(()) => break,
        }
    }
    file.sync_all().await?;
    Ok(())
}

/// Asks for what is not there yet, and appends it.
async fn go_on(
    client: &Client,
    url: &Url,
    file: &mut File,
    tell: &mut impl FnMut(u64, Option<u64>),
) -> Result<(), FetchError> {
    let mut done = file.metadata().await?.len();
    let mut response = ask(client, url, done).await?;
    if response.status() == StatusCode::RANGE_NOT_SATISFIABLE {
        // What is there is longer than the package: it is another one.
        file.set_len(0).await?;
        done = 0;
        response = ask(client, url, done).await?;
    }
    let status = response.status();
    if !status.is_success() {
        return Err(FetchError::Status(status.as_u16()));
    }
    let goes_on = status == StatusCode::PARTIAL_CONTENT
        && response
            .headers()
            .get(CONTENT_RANGE)
            .and_then(|range| range.to_str().ok())
            .is_some_and(|range| range.starts_with(&format!("bytes {done}-")));
    if done > 0 && !goes_on {
        file.set_len(0).await?;
        done = 0;
        if status == StatusCode::PARTIAL_CONTENT {
            response = ask(client, url, done).await?;
        }
    }
    let all = response.content_length().map(|rest| done + rest);
    if all.is_some_and(|all| all > LARGEST) {
        return Err(FetchError::TooLarge);
    }
    tell(done, all);
    while let Some(chunk) = response.chunk().await.map_err(FetchError::Cut)? {
        done += chunk.len() as u64;
        if done > LARGEST {
            return Err(FetchError::TooLarge);
        }
        file.write_all(&chunk).await?;
        // A file of tokio's writes in the background; what is counted must be there.
        file.flush().await?;
        tell(done, all);
    }
    Ok(())
}

async fn ask(client: &Client, url: &Url, from: u64) -> Result<reqwest::Response, FetchError> {
    let request = client.get(url.clone());
    let request = if from > 0 { request.header(RANGE, format!("bytes={from}-")) } else { request };
    request.send().await.map_err(FetchError::Cut)
}

#[cfg(test)]
mod tests {
    use testkit::feed::{Feed, FeedFault, SigningKey};

    use super::*;

    const LENGTH: usize = 300_000;

    struct Stage {
        feed: Feed,
        folder: tempfile::TempDir,
        package: Vec<u8>,
    }

    async fn stage() -> Stage {
        let package: Vec<u8> = (0..LENGTH).map(|i| (i * 31 % 251) as u8).collect();
        let feed = Feed::open().await;
        feed.release("0.2.0", "", &package, &SigningKey::new().sign(&package, "0.2.0"));
        Stage { feed, folder: tempfile::tempdir().unwrap(), package }
    }

    impl Stage {
        fn file(&self) -> std::path::PathBuf {
            self.folder.path().join("package")
        }

        async fn fetch(&self) -> Result<Vec<u64>, FetchError> {
            let mut told = Vec::new();
            let url = self.feed.package_url().parse().unwrap();
            fetch(&url, &self.file(), true, |done, _| told.push(done)).await?;
            Ok(told)
        }

        /// Fetches, and checks that all is there and how the server was asked.
        async fn check(&self, asked: &[&str]) {
            let told = self.fetch().await.unwrap();
            assert!(std::fs::read(self.file()).unwrap() == self.package, "the package is whole");
            assert!(told.is_sorted() && told.last() == Some(&(LENGTH as u64)), "{told:?}");
            assert_eq!(self.feed.asked_for_package(), asked);
        }
    }

    #[tokio::test]
    async fn a_package_comes_whole() {
        stage().await.check(&["whole"]).await;
    }

    #[tokio::test]
    async fn a_download_that_was_cut_off_goes_on() {
        let stage = stage().await;
        stage.feed.set(FeedFault::CutOff { after: 100_000, times: 1 });
        stage.check(&["whole", "bytes=100000-"]).await;
    }

    #[tokio::test]
    async fn it_goes_on_in_another_life_of_the_program() {
        let stage = stage().await;
        std::fs::write(stage.file(), &stage.package[..1234]).unwrap();
        stage.check(&["bytes=1234-"]).await;
    }

    #[tokio::test]
    async fn a_server_without_ranges_begins_again() {
        let stage = stage().await;
        std::fs::write(stage.file(), b"something else").unwrap();
        stage.feed.set(FeedFault::NoRanges);
        stage.check(&["bytes=14-"]).await;
    }

    #[tokio::test]
    async fn more_than_there_is_begins_again() {
        let stage = stage().await;
        std::fs::write(stage.file(), vec![7; LENGTH + 1]).unwrap();
        stage.check(&["bytes=300001-", "whole"]).await;
    }

    #[tokio::test]
    async fn it_ends_when_it_is_cut_off_again_and_again() {
        let stage = stage().await;
        stage.feed.set(FeedFault::CutOff { after: 1000, times: 99 });
        let error = stage.fetch().await.unwrap_err();
        assert!(matches!(error, FetchError::Cut(_)), "{error:?}");
        assert_eq!(stage.feed.asked_for_package().len(), TRIES as usize);
        assert_eq!(std::fs::metadata(stage.file()).unwrap().len(), u64::from(TRIES) * 1000, "what came is kept");
    }

    #[tokio::test]
    async fn what_is_not_there_is_said() {
        let stage = stage().await;
        stage.feed.set(FeedFault::NoPackage);
        let error = stage.fetch().await.unwrap_err();
        assert!(matches!(error, FetchError::Status(404)), "{error:?}");
    }

    #[tokio::test]
    async fn without_tls_nothing_is_asked() {
        let stage = stage().await;
        let url = stage.feed.package_url().parse().unwrap();
        let error = fetch(&url, &stage.file(), false, |_, _| {}).await.unwrap_err();
        assert!(matches!(error, FetchError::Insecure), "{error:?}");
        assert!(stage.feed.asked_for_package().is_empty());
    }
}
