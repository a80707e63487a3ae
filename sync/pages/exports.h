// Exports: what evaluators take away: figures at once, single responses as a job with progress.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sync/pages/frame.h"

namespace machikoe {

/// A job as the page shows it.
struct ExportLine {
    enum class State { Running, Done, Failed, Cancelled };
    std::string id;
    std::string format;  // as machikoe export calls it
    State state = State::Running;
    int percent = 0;
    std::int64_t responses = 0;
    std::uintmax_t bytes = 0;
    std::int64_t began_ms = 0;
    std::string trouble;
};

struct ExportDesk {
    std::vector<ExportLine> jobs;  // of the reader's account
    bool is_possible = true;       // false: this server has nothing to read from
    std::string problem;           // "" or what is told above the form
};
Markup exports_page(const Reader& reader, const ExportDesk& desk);

}  // namespace machikoe
