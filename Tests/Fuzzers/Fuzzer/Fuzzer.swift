import Dispatch
import FuzzedDecoders

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// libFuzzer's driver (compiler-rt, `FuzzerInterface.h`). It takes over the arguments, and calls back with input after input.
@_silgen_name("LLVMFuzzerRunDriver")
private func runLibFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// What libFuzzer calls, under the name by which its own `main` would; that one is linked, but is not where this program starts.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Fuzzer.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// Drives the decoder that `DMCHECK_FUZZED` names; started by `Scripts/fuzz`.
@main
struct Fuzzer {
    private static let decoder: FuzzedDecoder = {
        let name = getenv("DMCHECK_FUZZED").map { String(cString: $0) } ?? ""
        guard let decoder = FuzzedDecoder.all.first(where: { $0.name == name }) else {
            fatalError("DMCHECK_FUZZED must be one of \(FuzzedDecoder.all.map(\.name).joined(separator: " "))")
        }
        return decoder
    }()

    static func main() {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        _ = decoder
        exit(runLibFuzzer(&count, &arguments, testOneInput))
    }

    /// Ends the process when a promise is broken, which libFuzzer takes for a crash.
    fileprivate static func run(_ input: [UInt8]) {
        switch decoder.run {
        case .atOnce(let run):
            do throws(BrokenPromise) { try run(input) } catch { fatalError("\(error)") }
        case .asynchronously(let run):
            let done = DispatchSemaphore(value: 0)
            Task {
                do throws(BrokenPromise) { try await run(input) } catch { fatalError("\(error)") }
                done.signal()
            }
            done.wait()
        }
    }
}
