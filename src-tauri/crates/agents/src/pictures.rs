//! What all agents that draw share: the order for a picture, its takes and its references.

use engine::{FailureKind, Inputs, TaskContext, TaskError};
use models::{ImageReply, ImageRequest, Purpose, Reference};
use story::{Look, Size};

use crate::bridge::job;
use crate::crew::Crew;
use crate::documents::role;
use crate::references::Sheet;
use crate::wishes::Wishes;

/// The order for the picture of a slot. A model of this machine keeps the film's seed, which people and places are made
/// of, and takes another chance in the rest; a remote one gets another seed.
pub(crate) fn picture_request(
    purpose: Purpose,
    prompt: String,
    look: Look,
    size: Size,
    slot: &str,
    wishes: &Wishes,
    crew: &Crew,
) -> ImageRequest {
    let (seed, take) = if crew.remote.image { (wishes.seed(slot), 0) } else { (wishes.brief.seed, wishes.take(slot)) };
    ImageRequest { purpose, prompt, look, size, seed, take, references: Vec::new(), pictures: Vec::new() }
}

/// Adds the sheets that are made to an order, by their hashes.
pub(crate) fn refer_to(
    mut request: ImageRequest,
    sheets: &[Sheet],
    inputs: &Inputs,
) -> Result<ImageRequest, TaskError> {
    for sheet in sheets {
        if let Some(artifact) = inputs.find(&sheet.slot) {
            let hash = artifact.blob(role::PICTURE)?.hash.as_str().to_owned();
            request.references.push(Reference { role: sheet.role.clone(), hash });
        }
    }
    Ok(request)
}

/// What is asked of a model that refused an order: the same, in a way that it may agree to.
const GENTLER: &str =
    " Keep it gentle and fit for all ages: nothing violent, hurtful or explicit; suggest instead of showing.";

/// The words of an order that was refused for what it shows, once more and gentler; `None` when no second try is due: the
/// failure is another one, or the words came from this machine, where they would meet the same answer.
pub(crate) fn gentler(prompt: &str, error: &TaskError, remote: bool) -> Option<String> {
    (remote && error.kind == FailureKind::Refused).then(|| format!("{prompt}{GENTLER}"))
}

/// Draws a picture. An order that is refused is softened once; then the refusal stands.
pub(crate) async fn draw(crew: &Crew, request: ImageRequest, context: &TaskContext) -> Result<ImageReply, TaskError> {
    let request = look_at(request, context).await?;
    let error = match job(context, |job| crew.image.draw(request.clone(), job)).await {
        Ok(reply) => return Ok(reply),
        Err(error) => error,
    };
    match gentler(&request.prompt, &error, crew.remote.image) {
        Some(prompt) => job(context, |job| crew.image.draw(ImageRequest { prompt, ..request }, job)).await,
        None => Err(error),
    }
}

/// Reads the pictures of an order's references, just before the call.
async fn look_at(mut request: ImageRequest, context: &TaskContext) -> Result<ImageRequest, TaskError> {
    for reference in &request.references {
        let hash =
            engine::BlobHash::try_from(reference.hash.clone()).map_err(|e| TaskError::new(FailureKind::Invalid, e))?;
        request.pictures.push(context.read(&hash, "image/png").await?);
    }
    Ok(request)
}
