// Window: one window on one monitor, its pointer, and sleeping until something happens.
//
// Full screen it hides the cursor, cannot be closed by the window system, and finds its way
// back: monitors are unplugged, come back and change their mode without a word, so once a
// second the window is compared with the monitor it belongs on.
//
// Pointer events carry the position at which they happened, in physical pixels.  Of many fingers
// the newest is the pointer (app/platform/fingers.h); a mouse is one, too, while no finger is on
// the glass.
//
// Where OpenGL is computed by the CPU, or is not there at all, the window has a SharedImage
// instead, into which pixels are written at a tenth of the cost.
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
#include "app/platform/fingers.h"
#include "app/platform/shared_image.h"

namespace machikoe {

/// Who computes pixels.  Auto: the graphics processor where there is one.
enum class Drawing { Auto, OpenGl, Cpu };

struct WindowOptions {
    std::string title = "Machikoe";
    bool full_screen = true;
    int monitor = 0;  // as the system numbers them; the primary one where it is missing
    int width = 1080, height = 1920;  // windowed
    bool development = false;         // Escape and the close button end the program
    Drawing drawing = Drawing::Auto;
};

struct Millimetres {
    int width = 0, height = 0;
};
/// Of a panel with so many pixels.  `edid` is what it says of itself, which is not believed when
/// the pixels would not be square, or of a size that nobody builds, or when it is what GLFW
/// makes up (96 dpi).  `diagonal_inches` goes before it; without either it is a 23.8" panel.
float mm_per_px_of(int width, int height, Millimetres edid, std::optional<float> diagonal_inches);

class Window {
  public:
    using PointerHandler = std::function<void(PointerKind, float x, float y)>;

    /// Opens the window, with a current OpenGL 3.3 context or an image().  Unavailable: no
    /// display, or none of the two.  One window at a time.
    static Result<std::unique_ptr<Window>> create(const WindowOptions& options);
    ~Window();
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    void on_pointer(PointerHandler handler);
    /// A key went down; not when it repeats because it is held.
    using KeyHandler = std::function<void(int code)>;
    void on_key(KeyHandler handler);
    int width() const;  // physical px
    int height() const;
    bool closing() const;
    /// What the window shows instead of OpenGL's picture; nullptr with OpenGL.
    SharedImage* image() const;
    /// Of the monitor the window belongs on; see mm_per_px_of().
    float mm_per_px(std::optional<float> diagonal_inches) const;
    /// False: the X server does not tell fingers apart, the first one is a mouse.
    bool has_touch() const;

    /// Sleeps until there is an event, a wake() or the time is over; nullopt: no limit.
    /// Handlers are called from here.  Never returns before the next frame may be shown (60 a
    /// second), whatever the driver says about waiting for the screen.
    void wait(std::optional<Milliseconds> limit);
    /// True once after the window was resized, moved to another monitor or uncovered: the
    /// picture must be drawn again.
    bool take_damage();
    /// Shows what was drawn; not for a picture that is the same as before.
    void present();
    /// Ends a wait(); from any thread, while the window exists.
    void wake();

  private:
    struct Data;
    explicit Window(std::unique_ptr<Data> data);
    std::unique_ptr<Data> data_;
};

}  // namespace machikoe
