// Driver: does the steps of an answer, each on the thread that is there for it: the store's, the
// one for labour, and for all else the I/O thread, which is the only one that calls it.
//
// Steps beyond what may wait are not taken: 503.  stop() finishes those that were.
#pragma once

#include <utility>  // first: Boost 1.74's coroutine support forgets it

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <memory>

#include "sync/server/routes.h"
#include "sync/server/store_queue.h"

namespace machikoe {

class Driver {
  public:
    /// REQUIRES: `io` outlives stop().  max_waiting: steps that wait for the store.
    Driver(boost::asio::io_context& io, std::unique_ptr<Store> store, const Clock& clock,
           std::shared_ptr<Metrics> metrics, std::size_t max_waiting);

    boost::asio::awaitable<HttpResponse> answer(Step step);
    /// Suspends until the step was done on the store's thread; goes on on this one.
    boost::asio::awaitable<Continuation> on_store(StoreQueue::StoreStep step);
    /// What takes minutes: nobody waits behind it.
    boost::asio::awaitable<Continuation> aside(std::function<Continuation()> work);
    /// Calls `heard` from the store's thread once that has come to it.
    void knock(std::function<void()> heard);
    std::size_t waiting() const { return queue_.waiting(); }
    std::size_t labours() const { return labours_; }
    /// After the I/O thread has ended.
    void stop();

  private:
    boost::asio::awaitable<Continuation> on_store_briefly(AskStoreBriefly step);
    boost::asio::awaitable<Continuation> on_worker(Labour labour);
    boost::asio::awaitable<Continuation> on(boost::asio::thread_pool& pool,
                                            std::function<Continuation()> work);

    boost::asio::io_context& io_;
    const std::size_t max_waiting_;
    StoreQueue queue_;
    boost::asio::thread_pool workers_{1};
    boost::asio::thread_pool slow_workers_{1};
    std::size_t labours_ = 0;  // that wait or are being done
};

}  // namespace machikoe
