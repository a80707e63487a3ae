// JackWatch: a thread that listens to the HeadphoneJack and tells when that changes.
//
// Private speech has 50 ms to end when headphones are pulled: less than a screen that rests may
// take for its next frame, so the news goes to the Speaker from this thread.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "app/base/result.h"
#include "app/speech/headphone_jack.h"

namespace machikoe {

class JackWatch {
  public:
    /// Tells once at the start, from the caller's thread, then from its own.
    JackWatch(JackSettings settings, std::function<void(bool is_plugged_in)> tell,
              const InputQueries& queries = kernel_queries());
    ~JackWatch();
    JackWatch(const JackWatch&) = delete;
    JackWatch& operator=(const JackWatch&) = delete;

    /// As HeadphoneJack::status(), for the operator.
    Status status() const;

  private:
    void run(const std::stop_token& stop);

    std::function<void(bool)> tell_;
    HeadphoneJack jack_;  // of the constructor, then of the thread
    OwnedDescriptor end_;
    mutable std::mutex mutex_;
    Status status_;
    std::jthread thread_;
};

}  // namespace machikoe
