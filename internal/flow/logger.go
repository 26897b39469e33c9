package flow

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// loggerDirective returns what a call tells by the look of its callee: a method
// Infof(format string, args ...any) of something called a logger. Programs
// declare such interfaces of their own, and there are more libraries than models.
func loggerDirective(s site) (directive, bool) {
	if s.callee == nil || !isLogLine(s.callee.Name()) || !isLoggerName(s) {
		return directive{}, false
	}
	return lineDirective(s.callee.Name(), s.callee.Signature())
}

// noteLogValue keeps a call of a function value that the source calls a log, as
// programs that choose no library take one: log func(format string, args ...any).
func (e *engine) noteLogValue(s site) {
	if e.told.quiet || s.common == nil || s.common.IsInvoke() {
		return
	}
	sig, ok := s.common.Value.Type().Underlying().(*types.Signature)
	name := e.nameOf(s.common.Value)
	if !ok || !isLogLine(name) && !shape.HasWord(name, "log", "logf", "logln", "logger") {
		return
	}
	d, ok := lineDirective(name, sig)
	if !ok {
		return
	}
	fn := root(s.instr.Parent())
	e.told.sites[fn] = append(e.told.sites[fn], tellSite{instr: s.instr, site: s, d: d, channel: channelLog})
}

// isLogLine reports whether a function by its name writes a line of a log.
func isLogLine(name string) bool {
	level, _ := strings.CutSuffix(name, "f")
	return isLevel(level) || isLevel(name)
}

// lineDirective returns what a function tells that writes a line of a log out of
// a variadic list, behind a format or a message.
func lineDirective(name string, sig *types.Signature) (directive, bool) {
	n := sig.Params().Len()
	if !sig.Variadic() || n == 0 || !isAnySlice(sig.Params().At(n-1).Type()) {
		return directive{}, false
	}
	d := directive{Verb: "tell", Words: []string{channelLog}}
	rest := rules.DirectiveArg{Name: "value", Index: n - 1, Rest: true}
	if n >= 2 && isFormatted(name, sig.Params().At(n-2)) {
		d.Args = []rules.DirectiveArg{{Name: "format", Index: n - 2}, rest}
		return d, true
	}
	d.Args = append(d.Args, rules.DirectiveArg{Name: "as", Text: "either", Quoted: true, Index: -1})
	if n >= 2 {
		for i := range n - 1 {
			if isPlainText(sig.Params().At(i).Type()) {
				d.Args = append(d.Args, rules.DirectiveArg{Name: "value", Index: i})
			}
		}
		rest.Name = "pairs"
	}
	d.Args = append(d.Args, rest)
	return d, true
}

// isFormatted reports whether a function's name or that of its last parameter but
// one says that this is a format.
func isFormatted(name string, before *types.Var) bool {
	return isPlainText(before.Type()) && (strings.HasSuffix(name, "f") || shape.HasWord(before.Name(), "format", "fmt"))
}

// isAnySlice reports whether a type is []any.
func isAnySlice(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	if !ok {
		return false
	}
	i, ok := s.Elem().Underlying().(*types.Interface)
	return ok && i.NumMethods() == 0
}

// isLevel reports whether a method's name is a level of a log, with what may
// follow it.
func isLevel(name string) bool {
	for _, tail := range []string{"Context", "Ctx", "ln", "w", "S", "Depth"} {
		if cut, ok := strings.CutSuffix(name, tail); ok && cut != "" {
			name = cut
			break
		}
	}
	switch strings.ToLower(name) {
	case "debug", "info", "warn", "warning", "error", "fatal", "panic", "trace", "print", "log", "notice", "critical", "verbose", "dpanic":
		return true
	}
	return false
}

// isLoggerName reports whether a method belongs to a type, or a function to a
// package, that is called a log.
func isLoggerName(s site) bool {
	if name := receiverName(s.callee); name != "" {
		return shape.HasWord(name, "logger", "log", "logging", "logf", "slogger", "klogger", "leveledlogger", "stdlogger", "entry") ||
			strings.HasSuffix(strings.ToLower(name), "logger")
	}
	if s.callee.Pkg() == nil {
		return false
	}
	switch name := s.callee.Pkg().Name(); name {
	case "log", "logger", "logging", "logs", "glog", "klog", "zlog", "xlog", "logutil", "llog":
		return true
	}
	return false
}

// noteBuiltin keeps a call of print or println.
func (e *engine) noteBuiltin(s site) {
	b, ok := s.common.Value.(*ssa.Builtin)
	if !ok || b.Name() != "print" && b.Name() != "println" || e.told.quiet {
		return
	}
	d := directive{Verb: "tell", Words: []string{channelTerminal}}
	for i := range s.args {
		d.Args = append(d.Args, rules.DirectiveArg{Name: "value", Index: i})
	}
	fn := root(s.instr.Parent())
	e.told.sites[fn] = append(e.told.sites[fn], tellSite{instr: s.instr, site: s, d: d, channel: channelTerminal})
}

// isErrorMethod reports whether a function is the method that gives the text of
// an error.
func isErrorMethod(fn *ssa.Function) bool {
	if fn.Name() != "Error" || fn.Signature.Recv() == nil || fn.Parent() != nil {
		return false
	}
	return fn.Signature.Params().Len() == 0 && fn.Signature.Results().Len() == 1 && isPlainText(fn.Signature.Results().At(0).Type())
}
