#include "app/platform/shared_image.h"

#include <sys/ipc.h>
#include <sys/shm.h>

#include <bit>
#include <vector>

// Last: Xlib defines None, Status, Bool and more.
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>

namespace machikoe {
namespace {

struct CloseDisplay {
    void operator()(Display* display) const { XCloseDisplay(display); }
};

bool attach_failed = false;  // an X error handler is given nothing of ours

/// True when the server has taken the segment; it refuses by an error that comes later.
bool attach(Display* display, XShmSegmentInfo& segment) {
    XSync(display, False);
    attach_failed = false;
    const auto before = XSetErrorHandler([](Display*, XErrorEvent*) {
        attach_failed = true;
        return 0;
    });
    XShmAttach(display, &segment);
    XSync(display, False);
    XSetErrorHandler(before);
    return !attach_failed;
}

bool pixels_are_ours(const XWindowAttributes& window) {
    const Visual& visual = *window.visual;
    return (window.depth == 24 || window.depth == 32) && visual.red_mask == 0xFF0000 &&
           visual.green_mask == 0xFF00 && visual.blue_mask == 0xFF;
}

}  // namespace

struct SharedImage::Data {
    std::unique_ptr<Display, CloseDisplay> display;
    ::Window window = 0;
    XWindowAttributes attributes{};
    GC gc = nullptr;
    XImage* image = nullptr;
    XShmSegmentInfo segment{};
    bool is_shared = false;
    std::vector<std::uint32_t> own_pixels;  // where the server shares no memory
    int width = 0, height = 0;
    int completion = 0;  // the kind of event that says that the server has read
    int unread = 0;      // rectangles it has not yet read

    ~Data() {
        release();
        if (gc) XFreeGC(display.get(), gc);
    }

    void release() {
        wait_until_read();
        if (is_shared) {
            XShmDetach(display.get(), &segment);
            XSync(display.get(), False);
            shmdt(segment.shmaddr);
        }
        is_shared = false;
        if (image) {
            image->data = nullptr;  // not Xlib's to free
            XDestroyImage(image);
        }
        image = nullptr;
        width = height = 0;
    }

    /// Mostly it was done long ago and said so: no round trip.
    void wait_until_read() {
        while (unread > 0) {
            XEvent event;
            XNextEvent(display.get(), &event);
            unread -= event.type == completion;
        }
    }

    bool make_shared() {
        if (!XShmQueryExtension(display.get())) return false;
        completion = XShmGetEventBase(display.get()) + ShmCompletion;
        image = XShmCreateImage(display.get(), attributes.visual,
                                static_cast<unsigned>(attributes.depth), ZPixmap, nullptr, &segment,
                                static_cast<unsigned>(width), static_cast<unsigned>(height));
        if (!image) return false;
        const auto bytes =
            static_cast<std::size_t>(image->bytes_per_line) * static_cast<std::size_t>(height);
        segment.shmid = shmget(IPC_PRIVATE, bytes, IPC_CREAT | 0600);
        if (segment.shmid < 0) return false;
        segment.shmaddr = static_cast<char*>(shmat(segment.shmid, nullptr, 0));
        segment.readOnly = True;
        const bool has_memory = segment.shmaddr != reinterpret_cast<char*>(-1);
        is_shared = has_memory && attach(display.get(), segment);
        // Gone with the last who is attached, however we end.
        shmctl(segment.shmid, IPC_RMID, nullptr);
        if (has_memory && !is_shared) shmdt(segment.shmaddr);
        image->data = is_shared ? segment.shmaddr : nullptr;
        return is_shared;
    }

    bool make_own() {
        own_pixels.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
        image =
            XCreateImage(display.get(), attributes.visual, static_cast<unsigned>(attributes.depth),
                         ZPixmap, 0, reinterpret_cast<char*>(own_pixels.data()),
                         static_cast<unsigned>(width), static_cast<unsigned>(height), 32, 0);
        return image != nullptr;
    }

    /// Black; false when there is no memory.
    bool make(int new_width, int new_height) {
        release();
        width = new_width;
        height = new_height;
        if (make_shared()) return true;
        if (image) XDestroyImage(image);
        image = nullptr;
        if (make_own()) return true;
        width = height = 0;
        return false;
    }
};

SharedImage::SharedImage(std::unique_ptr<Data> data) : data_(std::move(data)) {}
SharedImage::~SharedImage() = default;

std::unique_ptr<SharedImage> SharedImage::create(unsigned long window) {
    auto data = std::make_unique<Data>();
    data->display.reset(XOpenDisplay(nullptr));
    if (!data->display || !XGetWindowAttributes(data->display.get(), window, &data->attributes) ||
        !pixels_are_ours(data->attributes)) {
        return nullptr;
    }
    data->window = window;
    data->gc = XCreateGC(data->display.get(), window, 0, nullptr);
    // What the server has to say of the picture (exposures of copies) is not wanted.
    XSetGraphicsExposures(data->display.get(), data->gc, False);
    std::unique_ptr<SharedImage> made(new SharedImage(std::move(data)));
    const bool is_packed = made->begin(1, 1).pixels && made->data_->image->bits_per_pixel == 32 &&
                           made->data_->image->byte_order ==
                               (std::endian::native == std::endian::little ? LSBFirst : MSBFirst);
    return is_packed ? std::move(made) : nullptr;
}

Canvas SharedImage::begin(int width, int height) {
    if (width != data_->width || height != data_->height)
        data_->make(width, height);
    else
        data_->wait_until_read();
    return picture();
}

Canvas SharedImage::picture() const {
    const Data& d = *data_;
    if (!d.image) return {};
    return {reinterpret_cast<std::uint32_t*>(d.image->data), d.width, d.height};
}

void SharedImage::put(const PixelRect& rect) {
    Data& d = *data_;
    const auto width = static_cast<unsigned>(rect.x1 - rect.x0);
    const auto height = static_cast<unsigned>(rect.y1 - rect.y0);
    if (d.is_shared)
        d.unread += XShmPutImage(d.display.get(), d.window, d.gc, d.image, rect.x0, rect.y0,
                                 rect.x0, rect.y0, width, height, True) != 0;
    else
        XPutImage(d.display.get(), d.window, d.gc, d.image, rect.x0, rect.y0, rect.x0, rect.y0,
                  width, height);
    XFlush(d.display.get());
}

}  // namespace machikoe
