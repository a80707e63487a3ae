#include "sync/indicators/answer_digest.h"

namespace machikoe {
namespace {

void add(std::string& text, std::string_view part) {
    text += part;
    text += '\t';
}

void add(std::string& text, const Answer& answer) {
    add(text, name_of(answer.status));
    if (const auto* chosen = std::get_if<ChosenOptions>(&answer.value))
        for (const std::string& option : *chosen) text += option + ' ';
    else if (const auto* number = std::get_if<std::int64_t>(&answer.value))
        text += std::to_string(*number);
    text += '\t';
}

}  // namespace

std::string digest_text(const std::string& id, const Response& r) {
    // No id, site or event holds a tab or a line break: the wire refuses control characters.
    std::string text;
    text.reserve(1024);
    for (const std::string_view part :
         {std::string_view(id), std::string_view(r.pack_id), std::string_view(r.pack_hash),
          std::string_view(r.site), std::string_view(r.event), name_of(r.universe), name_of(r.mode),
          std::string_view(r.when.day), tag_of(r.language), name_of(r.length),
          name_of(r.assistance)})
        add(text, part);
    for (const int number : {r.when.hour, r.duration_s, int{r.hurried}, int{r.repeated}})
        add(text, std::to_string(number));
    for (const std::string& issue : r.issues_opened) text += issue + ' ';
    text += '\t';
    for (const std::string& question : r.abandoned) text += question + ' ';
    text += '\t';
    for (const auto& [question, answer] : r.answers) {
        add(text, question);
        add(text, answer);
    }
    text += '\n';
    return text;
}

std::string AnswerDigest::add(const std::string& id, const Response& response) {
    const std::string text = digest_text(id, response);
    std::string hash = sha256_hex(text).substr(0, 32);
    all_.add(hash);
    ++count_;
    return hash;
}

}  // namespace machikoe
