#include "app/speech/jack_watch.h"

#include <sys/eventfd.h>

namespace machikoe {

JackWatch::JackWatch(JackSettings settings, std::function<void(bool)> tell,
                     const InputQueries& queries)
    : tell_(std::move(tell)),
      jack_(std::move(settings), queries),
      end_(::eventfd(0, EFD_CLOEXEC)),
      status_(jack_.status()) {
    tell_(jack_.is_plugged_in());
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

JackWatch::~JackWatch() {
    thread_.request_stop();
    ::eventfd_write(end_.get(), 1);
    thread_.join();
}

Status JackWatch::status() const {
    const std::lock_guard lock(mutex_);
    return status_;
}

void JackWatch::run(const std::stop_token& stop) {
    bool was_plugged_in = jack_.is_plugged_in();
    while (!stop.stop_requested()) {
        constexpr Milliseconds kForEver{-1};
        jack_.wait(kForEver, end_.get());
        const bool is_plugged_in = jack_.is_plugged_in();
        if (is_plugged_in != was_plugged_in) tell_(is_plugged_in);
        was_plugged_in = is_plugged_in;
        const std::lock_guard lock(mutex_);
        status_ = jack_.status();
    }
}

}  // namespace machikoe
