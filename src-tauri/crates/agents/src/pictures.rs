//! What all agents that draw share: the order for a picture, its takes and its references.

use engine::{Inputs, TaskContext, TaskError};
use models::{ImageRequest, Purpose, Reference};
use story::{Look, Size};

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

/// Reads the pictures of an order's references, just before the call.
pub(crate) async fn look_at(mut request: ImageRequest, context: &TaskContext) -> Result<ImageRequest, TaskError> {
    for reference in &request.references {
        let hash = engine::BlobHash::try_from(reference.hash.clone())
            .map_err(|e| TaskError::new(engine::FailureKind::Invalid, e))?;
        request.pictures.push(context.read(&hash, "image/png").await?);
    }
    Ok(request)
}
