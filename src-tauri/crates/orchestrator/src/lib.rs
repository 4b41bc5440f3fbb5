//! Conversations: intent, parameters, questions, plans, review.
