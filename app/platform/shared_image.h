// SharedImage: a picture in memory that the X server reads, brought to a window by rectangles.
//
// Over MIT-SHM, so that nothing is copied through a socket; where the server is elsewhere or
// refuses, through the socket.  Its own connection to the X server: GLFW's is GLFW's.
//
// The server reads what was put after put() has returned.  begin() waits until it has: pixels
// are written between begin() and put().  One thread.
#pragma once

#include <cstdint>
#include <memory>

#include "app/ui/rasteriser.h"

namespace machikoe {

class SharedImage {
  public:
    /// Of an X window.  nullptr: the window's pixels are not 0x00RRGGBB of 32 bits.
    static std::unique_ptr<SharedImage> create(unsigned long window);
    ~SharedImage();
    SharedImage(const SharedImage&) = delete;
    SharedImage& operator=(const SharedImage&) = delete;

    /// A picture of that size to be written to; a new one, black, where the last had another
    /// size.  Without pixels when there is no memory.
    Canvas begin(int width, int height);
    /// On its way to the window at once: the first part is seen while the next one is computed.
    /// REQUIRES: inside the picture.
    void put(const PixelRect& rect);
    /// The picture as it was written.
    Canvas picture() const;

  private:
    struct Data;
    explicit SharedImage(std::unique_ptr<Data> data);
    std::unique_ptr<Data> data_;
};

}  // namespace machikoe
