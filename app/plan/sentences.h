// Sentences: where a text may be cut, by a page that ends or by a breath.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace machikoe {

/// Sentences with their full stops, what closes a quotation, and line ends; joined they are the
/// text again.  Works on text with and without ruby alike.
std::vector<std::string> sentences_of(std::string_view markup);

}  // namespace machikoe
