// What comes in on a socket, waited for with a bound in time and kept up to a bound in bytes.

import type { Socket } from 'net';

export class Inbox {
  public bytes: Buffer = Buffer.alloc(0);
  public error?: NodeJS.ErrnoException;
  private closed = false;
  private wake?: () => void;

  constructor(socket: Socket, private readonly most: number) {
    socket.on('data', (data: Buffer) => {
      this.bytes = Buffer.concat([this.bytes, data]).subarray(0, this.most);
      if (this.bytes.length >= this.most) socket.pause();
      this.wake?.();
    });
    socket.on('error', (error) => { this.error = error; });
    for (const event of ['end', 'close']) {
      socket.on(event, () => {
        this.closed = true;
        this.wake?.();
      });
    }
  }

  /** Waits until there is enough, until nothing more can come, or until the time is over. */
  public async until(enough: (bytes: Buffer) => boolean, end: number): Promise<'enough' | 'closed' | 'full' | 'timeout'> {
    for (;;) {
      if (enough(this.bytes)) return 'enough';
      if (this.bytes.length >= this.most) return 'full';
      if (this.closed) return 'closed';
      const left = end - Date.now();
      if (left <= 0) return 'timeout';
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}
