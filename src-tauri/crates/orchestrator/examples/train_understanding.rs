//! Trains the built-in classifier of intents from the corpus: `make train-understanding`.

use std::path::Path;

use orchestrator::training::{Settings, corpus_files, corpus_hash, read_corpus, train};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = corpus_files(&crate_folder.join("corpus"))?;
    let examples = read_corpus(&files)?;
    let model = train(&examples, corpus_hash(&files), Settings::default());
    std::fs::write(crate_folder.join("src/understanding/data/intent.weights"), model.write())?;
    Ok(())
}
