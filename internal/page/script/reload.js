new EventSource(document.currentScript.dataset.from + "?at=" + encodeURIComponent(location.pathname) + "&shows=" + Date.parse(document.lastModified) / 1000).onmessage = () => location.reload()
