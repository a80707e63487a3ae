// TouchInput: the touches of one X window, as XInput 2.2 tells them.
//
// GLFW knows no touch: to it the first finger is the mouse and a second one does not exist.  So
// a thread with a connection of its own listens to the window GLFW made.  A window whose touches
// are listened to gets no emulated mouse for them, a real mouse is as before.
//
// The thread only queues; take() hands over what came, on the caller's thread.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "app/platform/fingers.h"

namespace machikoe {

class TouchInput {
  public:
    /// `wake` is called from the thread whenever there is something to take().  nullptr: the X
    /// server has no XInput 2.2, and the first finger stays a mouse.
    /// REQUIRES: the window outlives it.
    static std::unique_ptr<TouchInput> create(unsigned long window, std::function<void()> wake);
    ~TouchInput();
    TouchInput(const TouchInput&) = delete;
    TouchInput& operator=(const TouchInput&) = delete;

    std::vector<TouchEvent> take();

  private:
    struct Data;
    explicit TouchInput(std::unique_ptr<Data> data);
    std::unique_ptr<Data> data_;
};

}  // namespace machikoe
