// StoreQueue: the thread that the store lives on, and the steps that wait for it.
//
// Appends that have gathered while a commit was on its way to the disk go into the next
// one together: many kiosks then share one wait for the disk.  A step is answered only
// after its commit.  stop() takes no more steps, finishes those that wait, and returns.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <variant>
#include <vector>

#include "app/base/clock.h"
#include "sync/server/routes.h"
#include "sync/store/store.h"

namespace machikoe {

class StoreQueue {
  public:
    using StoreStep = std::variant<AskStore, AppendToStore>;
    /// Called on the store's thread with what is to be done next elsewhere.
    using Done = std::function<void(Continuation)>;

    StoreQueue(std::unique_ptr<Store> store, const Clock& clock, std::shared_ptr<Metrics> metrics);
    ~StoreQueue();
    StoreQueue(const StoreQueue&) = delete;
    StoreQueue& operator=(const StoreQueue&) = delete;

    /// REQUIRES: not stopped.
    void push(StoreStep step, Done done);
    std::size_t waiting() const;
    void stop();

  private:
    struct Append {
        AppendToStore step;
        Done done;
    };
    struct Ask {
        AskStore step;
        Done done;
    };
    using Job = std::variant<Ask, Append>;

    void run();
    void commit(std::deque<Append>& appends);
    void commit_one(const Append& append);

    std::unique_ptr<Store> store_;
    const Clock& clock_;
    const std::shared_ptr<Metrics> metrics_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> jobs_;
    bool stopping_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace machikoe
