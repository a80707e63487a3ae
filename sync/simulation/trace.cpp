#include "sync/simulation/trace.h"

#include "app/base/crypto.h"

namespace machikoe::simulation {

Trace::Trace(const std::string& file) : digest_(64, '0') {
    if (!file.empty()) file_.open(file, std::ios::trunc);
}

void Trace::say(Milliseconds now, std::string_view what) {
    std::string line = std::to_string(now.count()) + " " + std::string(what);
    digest_ = chain_hash(digest_, line);
    if (file_.is_open()) file_ << line << '\n';
    last_.push_back(std::move(line));
    if (last_.size() > kLastLines) last_.pop_front();
}

}  // namespace machikoe::simulation
