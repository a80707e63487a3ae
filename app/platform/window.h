// Window: one window on one monitor, its pointer, and sleeping until something happens.
//
// Full screen it hides the cursor, cannot be closed by the window system, and finds its way
// back: monitors are unplugged, come back and change their mode without a word, so once a
// second the window is compared with the monitor it belongs on.
//
// Pointer events carry the position at which they happened, in physical pixels.  GLFW knows no
// touch: the X server turns the first finger into the pointer, a second one is not seen.
//
// X11 only, on purpose: GLFW has no touch on Wayland at all.  All of it belongs to the thread
// that made it, but for wake().
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/base/clock.h"
#include "app/base/result.h"

namespace machikoe {

enum class PointerKind { Down, Move, Up, Cancel };

struct WindowOptions {
    std::string title = "Machikoe";
    bool full_screen = true;
    int monitor = 0;  // as the system numbers them; the primary one where it is missing
    int width = 1080, height = 1920;  // windowed
    bool development = false;         // Escape and the close button end the program
};

class Window {
  public:
    using PointerHandler = std::function<void(PointerKind, float x, float y)>;

    /// Opens the window and makes its OpenGL 3.3 context current.  Unavailable: no display, or
    /// no such OpenGL.  One window at a time.
    static Result<std::unique_ptr<Window>> create(const WindowOptions& options);
    ~Window();
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    void on_pointer(PointerHandler handler);
    int width() const;  // physical px
    int height() const;
    bool closing() const;

    /// Sleeps until there is an event, a wake() or the time is over; nullopt: no limit.
    /// Handlers are called from here.  Never returns before the next frame may be shown (60 a
    /// second), whatever the driver says about waiting for the screen.
    void wait(std::optional<Milliseconds> limit);
    /// True once after the window was resized, moved to another monitor or uncovered: the
    /// picture must be drawn again.
    bool take_damage();
    /// Shows what was drawn.
    void present();
    /// Ends a wait(); from any thread, while the window exists.
    void wake();

  private:
    struct Data;
    explicit Window(std::unique_ptr<Data> data);
    std::unique_ptr<Data> data_;
};

}  // namespace machikoe
