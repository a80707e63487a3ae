#include "sync/wire/totals.h"

#include "sync/wire/json.h"

namespace machikoe {
namespace {

using nlohmann::json;
using wire::Members;

constexpr std::size_t kMaxTotalsBytes = 1u << 20;
constexpr std::size_t kMaxQuestions = 1'000;
constexpr std::size_t kMaxOptions = 100;
constexpr std::int64_t kMostResponses = 1'000'000'000'000;

void read_counts(Members& members, QuestionTotals& totals) {
    const json& counts = members.object("by_option");
    if (counts.size() > kMaxOptions) return members.refuse("by_option", "too many");
    for (const auto& [option, count] : counts.items()) {
        const bool is_count = count.is_number_integer() && count.get<std::int64_t>() >= 0 &&
                              count.get<std::int64_t>() <= totals.n;
        if (!wire::is_id(option) || !is_count)
            return members.refuse("by_option", "holds what is no count");
        totals.by_option.emplace(option, count.get<std::int64_t>());
    }
}

}  // namespace

std::string encode_totals(const Totals& totals, std::string_view pack_id) {
    json questions = json::array();
    for (const QuestionTotals& question : totals.questions)
        questions.push_back({{"question", question.question},
                             {"n", question.n},
                             {"enough", question.enough},
                             {"by_option", question.by_option}});
    return wire::to_bytes({{"pack", {{"id", pack_id}, {"hash", totals.pack_hash}}},
                           {"responses", totals.responses},
                           {"questions", std::move(questions)}});
}

Result<Totals> decode_totals(std::string_view bytes) {
    const auto parsed =
        wire::parse_object(bytes, "totals", {.bytes = kMaxTotalsBytes, .values = 50'000});
    if (!parsed) return tl::unexpected<Error>(parsed.error());
    std::string fault;
    Members members(*parsed, "totals", fault);
    Totals totals;
    Members pack(members.object("pack"), "totals.pack", fault);
    totals.pack_hash = pack.hex("hash", 64);
    totals.responses = members.integer("responses", 0, kMostResponses);
    for (const json& item : members.array("questions", kMaxQuestions)) {
        if (!item.is_object()) {
            members.refuse("questions", "holds what is no object");
            break;
        }
        Members question(item, "totals.questions", fault);
        QuestionTotals read;
        read.question = question.text("question", 1, 40);
        read.n = question.integer("n", 0, totals.responses);
        read_counts(question, read);
        read.enough = read.n >= kTotalsMinimum && !read.by_option.empty();
        if (!read.enough) read = {.question = read.question};
        totals.questions.push_back(std::move(read));
    }
    if (!fault.empty()) return fail(ErrorCode::Invalid, fault);
    return totals;
}

}  // namespace machikoe
