import Dispatch
import Foundation

/// SIGTERM and SIGINT as a sequence: each of them is one wish to stop.
struct StopSignals {
    /// An element for each signal.
    let sequence: AsyncStream<Void>
    private let sources: [any DispatchSourceSignal]

    init() {
        let (sequence, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(2))
        self.sequence = sequence
        sources = [SIGTERM, SIGINT].map { number in
            // The default disposition would end the process before the source is asked.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
    }
}
