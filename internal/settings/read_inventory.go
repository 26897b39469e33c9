package settings

import (
	"bytes"
	"strings"
)

// host reads a line of an inventory: a host, and variables behind it, each
// NAME=value without blanks. It reports whether the line is one.
func (r *iniReader) host(start, end int) bool {
	line := r.data[start:end]
	first := bytes.IndexAny(line, " \t=")
	if first <= 0 || line[first] == '=' {
		return false
	}
	var items []*Setting
	for i := start + first; i < end; {
		if isBlank(r.data[i]) {
			i++
			continue
		}
		if r.data[i] == '#' {
			break
		}
		n := bytes.IndexAny(r.data[i:end], "= \t")
		if n <= 0 || r.data[i+n] != '=' || !isAssignable(string(r.data[i:i+n])) || i+n+1 >= end || isBlank(r.data[i+n+1]) {
			return false
		}
		item := &Setting{Name: string(r.data[i : i+n]), key: span{start: i, end: i + n}}
		i = r.variable(item, i+n+1, end)
		items = append(items, item)
	}
	if len(items) == 0 {
		return false
	}
	key := span{start: start, end: start + first}
	m := r.section.add(&Setting{Name: string(r.data[start : start+first]), Kind: Mapping, key: key, val: key})
	for _, item := range items {
		m.add(item)
	}
	return true
}

// variable reads the value of a variable and returns where it ends.
func (r *iniReader) variable(item *Setting, start, end int) int {
	stop := start
	if strings.IndexByte(`"'`, r.data[start]) >= 0 {
		if n := bytes.IndexByte(r.data[start+1:end], r.data[start]); n >= 0 {
			item.Quoted = true
			item.Text, item.val = string(r.data[start+1:start+1+n]), span{start: start + 1, end: start + 1 + n}
			return start + n + 2
		}
	}
	for stop < end && !isBlank(r.data[stop]) {
		stop++
	}
	item.Text, item.val = string(r.data[start:stop]), span{start: start, end: stop}
	return stop
}

// isInventory reports whether a file is an inventory of Ansible without an
// extension, by its path in lower case.
func isInventory(name, base string) bool {
	if base != "hosts" && base != "inventory" {
		return false
	}
	return strings.Contains(name, "inventor") || strings.Contains(name, "ansible") || strings.Contains(name, "environments/")
}
