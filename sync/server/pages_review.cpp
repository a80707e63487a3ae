// The queue of free texts.
#include <algorithm>

#include "sync/pages/review.h"
#include "sync/server/pages.h"
#include "sync/server/replies.h"
#include "sync/server/reviewing.h"

namespace machikoe {
namespace {

constexpr std::size_t kTextsOnAPage = 20;
constexpr std::size_t kMaxTag = 40;

Step not_found() {
    return done(error_response(404, "no such text"));
}

}  // namespace

/// What could name a person, and the text without it.
void Pages::look_through(TextForReview& each) {
    each.proposal = each.text.text;
    if (!finder_) return;
    const auto findings = finder_->find(each.text.text);
    for (const Finding& finding : findings) each.findings.emplace_back(name_of(finding.kind));
    each.proposal = redacted(each.text.text, findings);
}

Step Pages::review(const Shared& visit) {
    const std::string asked = field(visit->query, "state");
    const auto state = review_state_of(asked.empty() ? "pending" : asked);
    if (!state) return done(error_response(404, "no such state"));
    const FreeTextId after =
        free_text_id(field(visit->query, "after")).value_or(FreeTextId{"", ""});
    return Step{AskStore([this, visit, state, after](Store& store) {
        auto texts = store.free_texts(*state, after, kTextsOnAPage + 1);
        auto tags = store.tag_counts();
        return Continuation([this, visit, state, texts, tags] {
            if (!texts || !tags) return done(store_failure(texts ? tags.error() : texts.error()));
            ReviewQueue queue;
            queue.state = *state;
            queue.tag_counts = *tags;
            queue.can_find = finder_.has_value();
            for (const FreeText& each : *texts) {
                if (queue.texts.size() == kTextsOnAPage) {
                    queue.next = text_of(queue.texts.back().text.id);
                    break;
                }
                queue.texts.push_back({each, {}, ""});
                look_through(queue.texts.back());
            }
            return done(page(*visit,
                             std::string(word(visit->reader, "自由記述の確認", "Free texts")),
                             review_page(visit->reader, *pack_, queue)));
        });
    })};
}

Step Pages::decide(const Shared& visit) {
    const auto id = free_text_id(field(visit->form, "id"));
    const std::string action = field(visit->form, "action");
    const std::string replacement = field(visit->form, "text");
    const bool is_redaction = action == "redact";
    if (!id || (action != "approve" && !is_redaction && action != "withhold")) return not_found();
    if (is_redaction && replacement.empty())
        return done(error_response(400, "an empty text: withhold it instead"));
    const ReviewState state = action == "approve" ? ReviewState::Approved
                              : is_redaction      ? ReviewState::Redacted
                                                  : ReviewState::Withheld;
    return Step{AskStore([this, visit, id, state, action, replacement](Store& store) {
        const Milliseconds now = clock_.wall();
        const auto text = find_text(store, *id);
        Status decided = text ? Status{} : tl::unexpected<Error>(text.error());
        if (decided)
            decided = note_deed(store, visit->caller->account.name, "review-" + action,
                                text_of(*id), now);
        if (decided)
            decided = store.decide(*id, decision_on(*text, state, replacement, public_key_), now);
        return Continuation([decided] {
            if (!decided && decided.error().code == ErrorCode::NotFound) return not_found();
            return done(decided ? see_other("/review") : store_failure(decided.error()));
        });
    })};
}

Step Pages::tag_text(const Shared& visit) {
    const auto id = free_text_id(field(visit->form, "id"));
    const std::string tag = field(visit->form, "tag");
    const bool is_word =
        !tag.empty() && tag.size() <= kMaxTag && std::ranges::none_of(tag, [](char sign) {
            return static_cast<unsigned char>(sign) <= ' ' || sign == 0x7f;
        });
    if (!id) return not_found();
    if (!is_word) return done(error_response(400, "a tag is one word of at most 40 bytes"));
    return Step{AskStore([this, visit, id, tag](Store& store) {
        Status tagged = store.tag(*id, tag, true);
        if (tagged)
            tagged = note_deed(store, visit->caller->account.name, "review-tag", text_of(*id),
                               clock_.wall());
        return Continuation([tagged] {
            if (!tagged && tagged.error().code == ErrorCode::NotFound) return not_found();
            return done(tagged ? see_other("/review") : store_failure(tagged.error()));
        });
    })};
}

}  // namespace machikoe
