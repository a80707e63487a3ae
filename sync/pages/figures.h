// Figures: pages about what residents answered.  They print an Evaluation, which says what may be
// shown, and decide nothing more.
#pragma once

#include "app/survey/pack.h"
#include "sync/indicators/evaluation.h"
#include "sync/pages/frame.h"

namespace machikoe {

Markup overview(const Reader& reader, const Pack& pack, const Evaluation& evaluation);
/// The list of questions, or one of them with its cross tables.
Markup question_list(const Reader& reader, const Pack& pack, const Evaluation& evaluation);
/// REQUIRES: a question of the pack.
Markup question_page(const Reader& reader, const Pack& pack, const Evaluation& evaluation,
                     std::string_view question);
/// For everybody; nullptr: nothing may be published yet.
Markup public_page(const Reader& reader, const Pack& pack, const Evaluation* evaluation);
/// What the public page says, for machines: with licence and provenance.
std::string public_json(const Pack& pack, const Evaluation& evaluation);

}  // namespace machikoe
